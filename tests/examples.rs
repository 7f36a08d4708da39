//! Examples in the documentation: every free function that a room hands to users of the library is called in one.

#[path = "support/source.rs"]
mod source;

use source::{all_files, folder};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::visit::Visit;

/// Rooms whose functions are asked for an example.
const ROOMS: &[&str] = &[
    "budget",
    "calendar",
    "capacity",
    "event",
    "forecast",
    "history",
    "intraday",
    "plan",
    "review",
    "risk",
    "roster",
    "scenario",
    "service",
    "simulate",
    "staffing",
    "time",
    "units",
    "workforce",
    "zone",
];

/// Parsed files by their path below `src`.
type Files = BTreeMap<PathBuf, syn::File>;

fn source_files() -> Files {
    let parsed = |path: PathBuf| {
        let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
        (path.strip_prefix(folder()).unwrap().to_owned(), file)
    };
    all_files(&folder()).into_iter().map(parsed).collect()
}

fn items<'a>(files: &'a Files, module: &Path) -> Option<&'a [syn::Item]> {
    let file = files.get(&module.with_extension("rs")).or_else(|| files.get(&module.join("mod.rs")));
    file.map(|file| file.items.as_slice())
}

/// A name brought in by `use`: its path there, and the name it has from then on.
struct Brought {
    path: Vec<String>,
    name: String,
}

fn brought(tree: &syn::UseTree, before: &[String]) -> Vec<Brought> {
    let at = |name: &dyn ToString| [before, &[name.to_string()]].concat();
    match tree {
        syn::UseTree::Path(path) => brought(&path.tree, &at(&path.ident)),
        syn::UseTree::Name(name) => vec![Brought { path: at(&name.ident), name: name.ident.to_string() }],
        syn::UseTree::Rename(name) => vec![Brought { path: at(&name.ident), name: name.rename.to_string() }],
        syn::UseTree::Group(group) => group.items.iter().flat_map(|tree| brought(tree, before)).collect(),
        syn::UseTree::Glob(_) => vec![Brought { path: at(&"*"), name: "*".to_owned() }],
    }
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

/// The function at a path, looked for from a module on and through what other modules hand on.
fn function<'a>(files: &'a Files, module: &Path, path: &[String]) -> Option<&'a syn::ItemFn> {
    let (name, modules) = path.split_last()?;
    let step = |place: PathBuf, module: &String| match module.as_str() {
        "crate" => PathBuf::new(),
        "self" => place,
        "super" => place.parent().map(Path::to_owned).unwrap_or_default(),
        module => place.join(module),
    };
    let place = modules.iter().fold(module.to_owned(), step);
    let found = |item: &'a syn::Item| match item {
        syn::Item::Fn(function) if function.sig.ident == name => Some(function),
        syn::Item::Use(used) => {
            let of_name = brought(&used.tree, &[]).into_iter().find(|brought| brought.name == *name)?;
            function(files, &place, &of_name.path)
        }
        _ => None,
    };
    items(files, &place)?.iter().find_map(found)
}

/// Public free functions of a room, by the names that users of the library call.
fn functions<'a>(files: &'a Files, room: &str) -> Vec<(String, &'a syn::ItemFn)> {
    let mut all = Vec::new();
    for item in items(files, Path::new(room)).expect("a room of this name") {
        match item {
            syn::Item::Fn(own) if is_public(&own.vis) => all.push((own.sig.ident.to_string(), own)),
            syn::Item::Use(used) if is_public(&used.vis) => {
                for brought in brought(&used.tree, &[]) {
                    assert_ne!(brought.name, "*", "{room} hands on everything of a module, so nobody sees what");
                    all.extend(function(files, Path::new(room), &brought.path).map(|function| (brought.name, function)));
                }
            }
            _ => {}
        }
    }
    all
}

/// The examples that run in a doc comment.
fn examples(attributes: &[syn::Attribute]) -> Vec<String> {
    let mut all = Vec::new();
    let mut block: Option<(bool, String)> = None;
    for line in attributes.iter().filter_map(doc_line) {
        match (line.trim().strip_prefix("```"), block.as_mut()) {
            (Some(language), None) => block = Some((["", "rust", "should_panic"].contains(&language), String::new())),
            (Some(_), Some(_)) => all.extend(block.take().filter(|(runs, _)| *runs).map(|(_, text)| text)),
            (None, Some((_, text))) => *text = [text.as_str(), &line, "\n"].concat(),
            (None, None) => {}
        }
    }
    all
}

fn doc_line(attribute: &syn::Attribute) -> Option<String> {
    let syn::Meta::NameValue(meta) = &attribute.meta else { return None };
    match &meta.value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) if meta.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

/// Whether an example calls a function of a room, and not a namesake of another room.
fn is_call(example: &str, room: &str, name: &str) -> bool {
    let is_part_of_name = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
    let is_named = |(place, _): (usize, &str)| !example[..place].ends_with(is_part_of_name);
    example.contains(&format!("{room}::")) && example.match_indices(&format!("{name}(")).any(is_named)
}

/// Examples in the docs of public types, by their names.
fn examples_of_types(files: &Files) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for item in files.values().flat_map(|file| &file.items) {
        let (visibility, name, attributes) = match item {
            syn::Item::Struct(item) => (&item.vis, &item.ident, &item.attrs),
            syn::Item::Enum(item) => (&item.vis, &item.ident, &item.attrs),
            syn::Item::Trait(item) => (&item.vis, &item.ident, &item.attrs),
            _ => continue,
        };
        if is_public(visibility) {
            all.entry(name.to_string()).or_default().extend(examples(attributes));
        }
    }
    all
}

#[derive(Default)]
struct Named(BTreeSet<String>);

impl<'a> Visit<'a> for Named {
    fn visit_path_segment(&mut self, segment: &'a syn::PathSegment) {
        self.0.insert(segment.ident.to_string());
        syn::visit::visit_path_segment(self, segment);
    }
}

/// Functions that no example calls: neither in their own docs nor in those of a type in their signatures.
fn without_example(files: &Files, rooms: &[&str]) -> Vec<String> {
    let of_types = examples_of_types(files);
    let is_shown = |room: &str, name: &str, function: &syn::ItemFn| {
        let mut signature = Named::default();
        signature.visit_signature(&function.sig);
        let of_signature = signature.0.iter().filter_map(|of| of_types.get(of)).flatten();
        examples(&function.attrs).iter().chain(of_signature).any(|example| is_call(example, room, name))
    };
    let mut missing = Vec::new();
    for room in rooms {
        let of_room = functions(files, room).into_iter().filter(|(name, function)| !is_shown(room, name, function));
        missing.extend(of_room.map(|(name, _)| format!("{room}::{name}")));
    }
    missing
}

#[test]
fn every_function_that_a_room_hands_on_is_called_in_an_example() {
    assert_eq!(without_example(&source_files(), ROOMS), [""; 0]);
}

#[test]
fn a_function_without_an_example_is_found() {
    let front = "mod deeds; pub use deeds::{Thing, named, of_a_type, shown as seen, silent, told}; pub(crate) use deeds::within;
        /// Is looked at where it stands.
        pub fn own() {}";
    let deeds = "mod deeper; pub use deeper::told; pub fn silent(thing: Thing) {} pub fn within() {} fn private() {}
        /// ```
        /// assert!(room::seen(1));
        /// ```
        pub fn shown(number: u8) -> bool { true }
        /// ```
        /// use room::named;
        /// assert!(room::renamed() && thing.named());
        /// ```
        pub fn named() {}
        /// ```
        /// room::of_a_type(&[Thing]);
        /// ```
        /// ```
        /// other::silent(Thing);
        /// ```
        pub struct Thing;
        pub fn of_a_type(things: &[Thing]) {}";
    let deeper = "/// ```text
        /// told()
        /// ```
        pub fn told() {}";
    let files = [("room.rs", front), ("room/deeds.rs", deeds), ("room/deeds/deeper.rs", deeper)];
    let files = files.map(|(path, text)| (PathBuf::from(path), syn::parse_file(text).unwrap())).into();
    assert_eq!(without_example(&files, &["room"]), ["room::named", "room::silent", "room::told", "room::own"]);
}
