//! No file of the library or of the command line imports, directly or indirectly, one that imports it, and between the parts of the two
//! edges imports go one way.
//!
//! The source is parsed; a name that a `mod.rs` only re-exports counts where it is defined, so re-exports alone form no cycle.

#[path = "support/source.rs"]
mod source;

use source::{code, files, folder};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use syn::visit::Visit;

/// Path of a module from its crate's root.
type ModulePath = Vec<String>;

/// Definitions, re-exports and used names of a file.
#[derive(Default)]
struct Module {
    defined: BTreeSet<String>,
    /// Full path of each imported name, and whether it is re-exported.
    imported: BTreeMap<String, (ModulePath, bool)>,
    /// Paths that begin at `crate`, `self` or `super`, and single names.
    named: BTreeSet<ModulePath>,
}

impl Module {
    fn parse(text: &str) -> Self {
        let mut module = Self::default();
        for item in &syn::parse_file(&code(text)).unwrap().items {
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
    /// `pub(super)` is no import.
    fn visit_vis_restricted(&mut self, _: &'a syn::VisRestricted) {}

    fn visit_path(&mut self, path: &'a syn::Path) {
        self.named.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        syn::visit::visit_path(self, path);
    }

    /// Macro arguments are not parsed yet: their paths are read as text.
    fn visit_macro(&mut self, call: &'a syn::Macro) {
        let tokens = call.tokens.to_string().replace(" :: ", "::");
        let paths = tokens.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | ':'));
        let segments =
            paths.map(|path| path.split("::").filter(|name| !name.is_empty()).map(|name| name.trim_matches(':').to_owned()).collect());
        self.named.extend(segments.filter(|path: &ModulePath| {
            !path.is_empty() && !matches!(path[..], [ref only] if ["crate", "self", "super", ""].contains(&only.as_str()))
        }));
        syn::visit::visit_macro(self, call);
    }
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

/// Modules of a crate by path.
struct Crate(BTreeMap<ModulePath, Module>);

impl Crate {
    fn of(files: &[(ModulePath, String)]) -> Self {
        Self(files.iter().map(|(path, text)| (path.clone(), Module::parse(text))).collect())
    }

    /// The module that defines the target of a path, seen from a module.
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

    /// The module that defines a path beginning with a name in the module's scope: an import, or a submodule.
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

    /// The module that defines a name available in a module.
    fn defining(&self, module: &ModulePath, name: &String) -> Option<ModulePath> {
        let of = self.0.get(module)?;
        match of.imported.get(name) {
            Some((path, _)) if !of.defined.contains(name) => self.home(module, path),
            _ => Some(module.clone()),
        }
    }

    /// Imported modules by module.
    fn imports(&self) -> BTreeMap<&ModulePath, BTreeSet<ModulePath>> {
        let of = |path: &ModulePath, module: &Module| {
            // a `mod.rs` may import names that its files then take from there
            let is_front = self.0.keys().any(|other| other.len() > path.len() && other.starts_with(path));
            let is_taken = |(name, (_, is_handed_on)): &(&String, &(ModulePath, bool))| !is_handed_on && (!is_front || module.names(name));
            let taken = module.imported.iter().filter(is_taken).map(|(_, (path, _))| path);
            let homes = taken.chain(&module.named).filter_map(|taken| self.home(path, taken));
            homes.filter(|home| home != path).collect()
        };
        self.0.iter().map(|(path, module)| (path, of(path, module))).collect()
    }

    /// All sets of modules that import one another.
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

/// Parts of a room in their order: each may import those before it, and none the front that hands them on.
const ORDERS: [(&str, &[&str]); 2] = [
    (
        "input",
        &[
            "problem",
            "cell",
            "naming",
            "personal",
            "text",
            "settings",
            "header",
            "table",
            "import",
            "calculator",
            "published",
            "plan_file",
            "history",
            "known_ahead",
            "flat",
            "shifts",
            "people",
            "roster",
            "kept",
            "folder",
            "diaries",
            "given",
            "scenarios",
        ],
    ),
    ("report", &["figures", "tables", "charts", "texts", "exports", "pages", "names", "output", "files"]),
];

/// Imports between parts of a room that its order does not permit.
fn against_order(of: &Crate, room: &str, order: &[&str]) -> Vec<String> {
    let place = |module: &ModulePath| match &module[..] {
        [_, part, ..] => order.iter().position(|known| known == part).unwrap_or_else(|| panic!("{room}::{part} has no place in the order")),
        _ => order.len(),
    };
    let mut found = Vec::new();
    for (module, imported) in of.imports().into_iter().filter(|(module, _)| module.first().is_some_and(|first| first == room)) {
        let of_room = imported.iter().filter(|target| target.first() == module.first());
        let against = of_room.filter(|target| place(target) > place(module));
        found.extend(against.map(|target| format!("{} imports {}", module.join("::"), target.join("::"))));
    }
    found
}

/// Modules of the library or of the command line, each with its path from its crate's root and its code.
fn modules_of(belongs: fn(&str) -> bool) -> Vec<(ModulePath, String)> {
    let module = |(file, code): (PathBuf, String)| {
        let names: ModulePath =
            file.strip_prefix(folder()).unwrap().with_extension("").iter().map(|name| name.to_string_lossy().into_owned()).collect();
        let path = match names.last().map(String::as_str) {
            Some("mod") => names[..names.len() - 1].to_vec(),
            Some("lib" | "main") if names.len() == 1 => ModulePath::new(),
            _ => names.clone(),
        };
        belongs(&names[0]).then_some((path, code))
    };
    files(&folder()).into_iter().filter_map(module).collect()
}

#[test]
fn no_file_takes_part_in_an_import_circle() {
    let command_line = modules_of(|room| matches!(room, "main" | "cli"));
    let library = modules_of(|room| !matches!(room, "main" | "cli"));
    assert!(library.len() > 200 && command_line.len() > 20, "the rooms are where this test looks");
    assert_eq!(Crate::of(&library).circles(), [[""; 0]; 0]);
    assert_eq!(Crate::of(&command_line).circles(), [[""; 0]; 0]);
}

#[test]
fn between_the_parts_of_an_edge_imports_go_one_way() {
    let library = modules_of(|room| !matches!(room, "main" | "cli"));
    let mut of_library = Crate::of(&library);
    for (room, order) in ORDERS {
        assert_eq!(against_order(&of_library, room, order), [""; 0]);
        for part in order {
            assert!(library.iter().any(|(path, _)| path.get(..2).is_some_and(|start| start == [room, part])), "{room} has no part {part}");
        }
    }
    // and a line planted in the first part would be found
    let mut problem = |line: &str| {
        let (path, text) = library.iter().find(|(path, _)| path.join("::") == "input::problem::single").unwrap();
        of_library.0.insert(path.clone(), Module::parse(&format!("{text}\n{line}")));
        against_order(&of_library, "input", ORDERS[0].1)
    };
    for line in ["use crate::input::table::file::Table;", "fn planted() { super::super::table::file::nothing(); }"] {
        assert_eq!(problem(line), ["input::problem::single imports input::table::file"], "{line}");
    }
    let handed_on = problem("fn planted(flat: crate::input::Flat) {}");
    assert_eq!(handed_on, ["input::problem::single imports input::flat"], "a name counts where it is defined");
}

fn module(path: &str, text: &str) -> (ModulePath, String) {
    (path.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect(), text.to_owned())
}

#[test]
fn a_circle_is_found_in_whatever_way_it_is_written() {
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
