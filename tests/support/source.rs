//! The source as read by architecture tests.

#![allow(dead_code, unreachable_pub, reason = "each test uses a part")]

use std::fs;
use std::path::{Path, PathBuf};
use syn::spanned::Spanned;

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All Rust files below a folder.
pub fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(all_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// All Rust files below a folder with their code, without test modules and comments on lines of their own.
pub fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let all = all_files(folder);
    let for_tests: Vec<PathBuf> = all.iter().filter(|path| path.ends_with("mod.rs")).flat_map(|path| test_modules(path)).collect();
    all.into_iter().filter(|path| !for_tests.contains(path)).map(|path| (path.clone(), code(&fs::read_to_string(&path).unwrap()))).collect()
}

/// The test modules of a `mod.rs`.
fn test_modules(front: &Path) -> Vec<PathBuf> {
    let items = syn::parse_file(&fs::read_to_string(front).unwrap()).unwrap().items;
    let name = |item: &syn::Item| if let syn::Item::Mod(module) = item { Some(module.ident.to_string()) } else { None };
    items.iter().filter(|item| is_for_tests(item)).filter_map(name).map(|name| front.with_file_name(format!("{name}.rs"))).collect()
}

/// A text without test items and without comments on lines of their own.
pub fn code(text: &str) -> String {
    let is_kept = |line: &&str| !line.trim_start().starts_with("//");
    without_tests(text).into_iter().map(|(_, line)| line).filter(is_kept).collect::<Vec<_>>().join("\n")
}

/// The lines of a text with their numbers, those of items for tests left out.
pub fn without_tests(text: &str) -> Vec<(usize, &str)> {
    let items = syn::parse_file(text).unwrap().items;
    let spans: Vec<_> =
        items.iter().filter(|item| is_for_tests(item)).map(|item| item.span().start().line..=item.span().end().line).collect();
    let numbered = text.lines().enumerate().map(|(number, line)| (number + 1, line));
    numbered.filter(|(number, _)| !spans.iter().any(|span| span.contains(number))).collect()
}

fn is_for_tests(item: &syn::Item) -> bool {
    let attributes = match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        _ => return false,
    };
    let is_test = |attribute: &syn::Attribute| {
        attribute.path().is_ident("cfg") && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
    };
    attributes.iter().any(is_test)
}
