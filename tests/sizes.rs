//! Size limits of modules, files and functions.

#[path = "support/source.rs"]
mod source;

use source::{all_files, folder};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use syn::spanned::Spanned;
use syn::visit::Visit;

const MOST_FILES: usize = 20;
const MOST_LINES: usize = 400;
const MOST_LINES_OF_A_FUNCTION: usize = 60;
const MOST_PARAMETERS: usize = 6;

/// Oversized parts of a text, in words.
fn too_large(text: &str) -> Vec<String> {
    let lines = text.lines().count();
    let mut found = Functions::default();
    found.visit_file(&syn::parse_file(text).unwrap());
    found.too_large.extend((lines > MOST_LINES).then(|| format!("{lines} lines")));
    found.too_large
}

#[derive(Default)]
struct Functions {
    too_large: Vec<String>,
}

impl Functions {
    fn look_at(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let lines = block.span().end().line - signature.span().start().line + 1;
        let name = &signature.ident;
        self.too_large.extend((lines > MOST_LINES_OF_A_FUNCTION).then(|| format!("{name} has {lines} lines")));
        let parameters = signature.inputs.iter().filter(|input| matches!(input, syn::FnArg::Typed(_))).count();
        self.too_large.extend((parameters > MOST_PARAMETERS).then(|| format!("{name} takes {parameters} parameters")));
    }
}

impl<'a> Visit<'a> for Functions {
    fn visit_item_fn(&mut self, function: &'a syn::ItemFn) {
        self.look_at(&function.sig, &function.block);
        syn::visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'a syn::ImplItemFn) {
        self.look_at(&function.sig, &function.block);
        syn::visit::visit_impl_item_fn(self, function);
    }

    fn visit_item_mod(&mut self, module: &'a syn::ItemMod) {
        if module.ident != "tests" {
            syn::visit::visit_item_mod(self, module);
        }
    }
}

#[test]
fn no_room_file_or_function_outgrows_a_reader() {
    let mut found = Vec::new();
    let mut rooms: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for file in all_files(&folder()) {
        *rooms.entry(file.parent().unwrap().to_owned()).or_default() += usize::from(!file.ends_with("mod.rs"));
        let of_file = too_large(&fs::read_to_string(&file).unwrap());
        found.extend(of_file.into_iter().map(|what| format!("{}: {what}", file.display())));
    }
    found.extend(rooms.iter().filter(|(_, files)| **files > MOST_FILES).map(|(room, files)| format!("{}: {files} files", room.display())));
    assert_eq!(found, [""; 0]);
}

#[test]
fn what_is_too_large_is_found() {
    let long = format!("impl X {{ fn long() {{\n{}}} }}", "    x();\n".repeat(MOST_LINES_OF_A_FUNCTION));
    assert_eq!(too_large(&long), ["long has 62 lines"]);
    assert_eq!(too_large("fn many(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8) {}"), ["many takes 7 parameters"]);
    assert_eq!(too_large(&"// a line\n".repeat(MOST_LINES + 1)), ["401 lines"]);
    assert_eq!(too_large("#[cfg(test)] mod tests { fn many(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8) {} }"), [""; 0]);
}
