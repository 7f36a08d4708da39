//! The parts of a workbook.

use super::fault::BookFault;
use super::tags::{attribute, each_tag};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A workbook as a package of parts.
pub(super) struct Package<'b>(ZipArchive<Cursor<&'b [u8]>>);

impl<'b> Package<'b> {
    pub(super) fn of(book: &'b [u8]) -> Result<Self, BookFault> {
        Ok(Self(ZipArchive::new(Cursor::new(book))?))
    }

    /// Text of a part.
    pub(super) fn part(&mut self, name: &str) -> Result<String, BookFault> {
        let mut part = self.0.by_name(name).map_err(|_| BookFault::Missing(name.to_owned()))?;
        let mut text = String::new();
        part.read_to_string(&mut text)?;
        Ok(text)
    }

    /// Name of the part of a sheet.
    pub(super) fn part_of_sheet(&mut self, sheet: &str) -> Result<String, BookFault> {
        let missing = || BookFault::Missing(sheet.to_owned());
        let book = self.target("", "_rels/.rels", |kind, _| kind.ends_with("/officeDocument"))?.ok_or_else(missing)?;
        let mut id = None;
        each_tag(&self.part(&book)?, |tag| {
            if tag.local_name().as_ref() == "sheet" && attribute(tag, "name").as_deref() == Some(sheet) {
                id = attribute(tag, "id");
            }
        })?;
        let id = id.ok_or_else(missing)?;
        let (folder, file) = book.rsplit_once('/').unwrap_or(("", &book));
        let relations = format!("{folder}/_rels/{file}.rels");
        self.target(folder, relations.trim_start_matches('/'), |_, found| found == id)?.ok_or_else(missing)
    }

    /// Target of the relation of a kind or identifier, from a folder.
    fn target(&mut self, folder: &str, relations: &str, is_it: impl Fn(&str, &str) -> bool) -> Result<Option<String>, BookFault> {
        let mut target = None;
        each_tag(&self.part(relations)?, |tag| {
            let of = |name: &str| attribute(tag, name).unwrap_or_default();
            if tag.local_name().as_ref() == "Relationship" && is_it(&of("Type"), &of("Id")) {
                target = Some(of("Target"));
            }
        })?;
        Ok(target.map(|target| match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("{folder}/{target}").trim_start_matches('/').to_owned(),
        }))
    }

    /// Whether any sheet has a formula, whose stored result may change.
    pub(super) fn has_formulas(&mut self) -> Result<bool, BookFault> {
        let names: Vec<String> = self.0.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
        let sheets: Vec<&String> = names.iter().filter(|name| name.contains("worksheets/")).collect();
        for sheet in sheets.iter().filter(|name| name.to_lowercase().ends_with(".xml")) {
            let mut found = false;
            each_tag(&self.part(sheet)?, |tag| found |= tag.local_name().as_ref() == "f")?;
            if found {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The package with another text of a part; all other parts are copied as they are packed.
    pub(super) fn with_part(&mut self, name: &str, text: &str) -> Result<Vec<u8>, BookFault> {
        let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
        for place in 0..self.0.len() {
            let part = self.0.by_index_raw(place)?;
            if part.name()? == name {
                let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
                copy.start_file(name, options.last_modified_time(part.last_modified().unwrap_or_default()))?;
                copy.write_all(text.as_bytes())?;
            } else {
                copy.raw_copy_file(part)?;
            }
        }
        Ok(copy.finish()?.into_inner())
    }
}
