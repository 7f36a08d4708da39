//! No file of the library or of the command line imports one that, by itself or through others, imports it.
//!
//! The source is parsed; a name that a `mod.rs` only hands on counts where it is defined, so a room's front is no circle by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::visit::Visit;

/// A module's path from its crate's root.
type ModulePath = Vec<String>;

/// What a file defines, hands on and names.
#[derive(Default)]
struct Module {
    defined: BTreeSet<String>,
    /// Of each name that is imported, its whole path; and whether others may take it from here.
    imported: BTreeMap<String, (ModulePath, bool)>,
    /// Paths that begin at `crate`, `self` or `super`, and single names.
    named: BTreeSet<ModulePath>,
}

impl Module {
    fn parse(text: &str) -> Self {
        let file = syn::parse_file(text).unwrap();
        let mut module = Self::default();
        for item in file.items.iter().filter(|item| !is_for_tests(item)) {
            if let syn::Item::Use(import) = item {
                module.import(&import.tree, &[], !matches!(import.vis, syn::Visibility::Inherited));
            } else {
                module.defined.extend(defined(item));
                module.visit_item(item);
            }
        }
        module
    }

    /// Whether anything but its imports begins with a name.
    fn names(&self, name: &String) -> bool {
        self.named.iter().any(|path| path[0] == *name)
    }

    fn import(&mut self, tree: &syn::UseTree, before: &[String], is_handed_on: bool) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.import(&path.tree, &with(&path.ident), is_handed_on),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree, before, is_handed_on)),
            syn::UseTree::Name(name) if name.ident == "self" => {
                self.imported.insert(before[before.len() - 1].clone(), (before.to_vec(), is_handed_on));
            }
            syn::UseTree::Name(name) => {
                self.imported.insert(name.ident.to_string(), (with(&name.ident), is_handed_on));
            }
            syn::UseTree::Rename(name) => {
                self.imported.insert(name.rename.to_string(), (with(&name.ident), is_handed_on));
            }
            syn::UseTree::Glob(_) => {
                let is_own = matches!(before[0].as_str(), "crate" | "self" | "super");
                assert!(!is_own, "`use {}::*` hides what is taken", before.join("::"));
            }
        }
    }
}

impl<'a> Visit<'a> for Module {
    /// `pub(super)` takes nothing from there.
    fn visit_vis_restricted(&mut self, _: &'a syn::VisRestricted) {}

    fn visit_path(&mut self, path: &'a syn::Path) {
        self.named.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'a syn::Macro) {
        let tokens = call.tokens.to_string();
        let words = tokens.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        self.named.extend(words.filter(|word| !["", "crate", "self", "super"].contains(word)).map(|word| vec![word.to_owned()]));
        syn::visit::visit_macro(self, call);
    }
}

fn is_for_tests(item: &syn::Item) -> bool {
    let attributes = match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        _ => return false,
    };
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
    })
}

fn defined(item: &syn::Item) -> Option<String> {
    let name = match item {
        syn::Item::Const(item) => &item.ident,
        syn::Item::Enum(item) => &item.ident,
        syn::Item::Fn(item) => &item.sig.ident,
        syn::Item::Static(item) => &item.ident,
        syn::Item::Struct(item) => &item.ident,
        syn::Item::Trait(item) => &item.ident,
        syn::Item::Type(item) => &item.ident,
        syn::Item::Macro(item) => item.ident.as_ref()?,
        _ => return None,
    };
    Some(name.to_string())
}

/// The modules of a crate by their paths.
struct Crate(BTreeMap<ModulePath, Module>);

impl Crate {
    fn of(files: &[(ModulePath, String)]) -> Self {
        Self(files.iter().map(|(path, text)| (path.clone(), Module::parse(text))).collect())
    }

    /// The module in which what a path names is defined, seen from a module.
    fn home(&self, from: &ModulePath, path: &[String]) -> Option<ModulePath> {
        let mut at = match path[0].as_str() {
            "crate" => ModulePath::new(),
            "super" => from[..from.len().checked_sub(1)?].to_vec(),
            "self" => from.clone(),
            _ => return self.home_of_name(from, path),
        };
        let mut rest = &path[1..];
        while let Some((name, after)) = rest.split_first() {
            if name == "super" {
                at.pop()?;
            } else if self.0.contains_key(&[at.as_slice(), std::slice::from_ref(name)].concat()) {
                at.push(name.clone());
            } else {
                return self.defining(&at, name);
            }
            rest = after;
        }
        self.0.contains_key(&at).then_some(at)
    }

    /// Of a path that begins with a name of the module's own: an import, or a module below it.
    fn home_of_name(&self, from: &ModulePath, path: &[String]) -> Option<ModulePath> {
        if let Some((import, _)) = self.0[from].imported.get(&path[0]) {
            let whole = [import.as_slice(), &path[1..]].concat();
            return if import[0] == path[0] { self.below(from, &whole) } else { self.home(from, &whole) };
        }
        self.below(from, path)
    }

    fn below(&self, from: &ModulePath, path: &[String]) -> Option<ModulePath> {
        let child = [from.as_slice(), &path[..1]].concat();
        let whole = [&["self".to_owned()], path].concat();
        if self.0.contains_key(&child) { self.home(from, &whole) } else { None }
    }

    /// Where a name that a module has is defined.
    fn defining(&self, module: &ModulePath, name: &String) -> Option<ModulePath> {
        let of = self.0.get(module)?;
        match of.imported.get(name) {
            Some((path, _)) if !of.defined.contains(name) => self.home(module, path),
            _ => Some(module.clone()),
        }
    }

    /// Of each module, those that it imports.
    fn imports(&self) -> BTreeMap<&ModulePath, BTreeSet<ModulePath>> {
        let of = |path: &ModulePath, module: &Module| {
            // a room's front may import what its files then take from there
            let is_front = self.0.keys().any(|other| other.len() > path.len() && other.starts_with(path));
            let is_taken = |(name, (_, is_handed_on)): &(&String, &(ModulePath, bool))| !is_handed_on && (!is_front || module.names(name));
            let taken = module.imported.iter().filter(is_taken).map(|(_, (path, _))| path);
            let homes = taken.chain(&module.named).filter_map(|taken| self.home(path, taken));
            homes.filter(|home| home != path).collect()
        };
        self.0.iter().map(|(path, module)| (path, of(path, module))).collect()
    }

    /// Every set of modules that import one another.
    fn circles(&self) -> Vec<Vec<String>> {
        let imports = self.imports();
        let mut reached: BTreeMap<&ModulePath, BTreeSet<&ModulePath>> = BTreeMap::new();
        for &start in imports.keys() {
            let (mut seen, mut next): (BTreeSet<&ModulePath>, Vec<&ModulePath>) = (BTreeSet::new(), imports[start].iter().collect());
            while let Some(module) = next.pop() {
                if seen.insert(module) {
                    next.extend(&imports[module]);
                }
            }
            reached.insert(start, seen);
        }
        let circle = |start: &ModulePath| {
            reached
                .keys()
                .filter(|other| reached[start].contains(**other) && reached[**other].contains(start))
                .map(|path| path.join("::"))
                .collect::<Vec<_>>()
        };
        let mut circles: Vec<Vec<String>> = reached.keys().map(|start| circle(start)).filter(|circle| !circle.is_empty()).collect();
        circles.dedup();
        circles.sort();
        circles.dedup();
        circles
    }
}

/// The files below a folder that belong to a crate, each with its module's path and text; files of tests left out.
fn modules(folder: &Path, path: &[String], skipped: &[&str]) -> Vec<(ModulePath, String)> {
    let front = fs::read_to_string(folder.join("mod.rs")).unwrap_or_default();
    let for_tests: Vec<PathBuf> =
        front.split("#[cfg(test)]\nmod ").skip(1).filter_map(|rest| Some(folder.join(format!("{}.rs", rest.split_once(';')?.0)))).collect();
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (file, name) = (entry.path(), entry.path().file_stem().unwrap().to_string_lossy().into_owned());
        let child = [path, std::slice::from_ref(&name)].concat();
        if path.is_empty() && skipped.contains(&name.as_str()) || for_tests.contains(&file) {
            continue;
        }
        if file.is_dir() {
            found.extend(modules(&file, &child, &[]));
        } else if file.extension().is_some_and(|extension| extension == "rs") {
            let module = if name == "mod" || path.is_empty() && (name == "lib" || name == "main") { path.to_vec() } else { child };
            found.push((module, fs::read_to_string(&file).unwrap()));
        }
    }
    found
}

fn library() -> Vec<(ModulePath, String)> {
    modules(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &[], &["main", "cli", "docs"])
}

fn command_line() -> Vec<(ModulePath, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let main = fs::read_to_string(src.join("main.rs")).unwrap();
    [vec![(vec![], main)], modules(&src.join("cli"), &["cli".to_owned()], &[])].concat()
}

#[test]
fn no_file_takes_part_in_an_import_circle() {
    let (library, command_line) = (library(), command_line());
    assert!(library.len() > 200 && command_line.len() > 20, "the rooms are where this test looks");
    assert_eq!(Crate::of(&library).circles(), [[""; 0]; 0]);
    assert_eq!(Crate::of(&command_line).circles(), [[""; 0]; 0]);
}

#[test]
fn a_circle_is_found_in_whatever_way_it_is_written() {
    let module = |path: &str, text: &str| (path.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect(), text.to_owned());
    let with = |last: &str| {
        let files = [
            module("", "mod above; mod below;"),
            module("above", "mod one; mod two; pub use one::One; pub use two::Two;"),
            module("above::one", "use super::Two; pub struct One(Two);"),
            module("above::two", last),
            module("below", "pub struct Below;"),
        ];
        Crate::of(&files).circles()
    };
    let none = [[""; 0]; 0];
    assert_eq!(with("pub struct Two;"), none);
    assert_eq!(with("use crate::below::Below; pub struct Two(Below); #[cfg(test)] mod tests { use super::super::One; }"), none);
    for circle in [
        "use super::One; pub struct Two(One);",
        "use super::{self as above, one::One as First}; pub struct Two(First);",
        "pub struct Two(crate::above::One);",
        "use crate::{above::{One}, below::Below}; pub struct Two(One, Below);",
        "pub struct Two; fn two() { super::one::One::new(); }",
    ] {
        assert_eq!(with(circle), [["above::one", "above::two"]], "{circle}");
    }
}
