//! Tags of XML.

use super::fault::BookFault;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// Calls `see` with every start tag of a text.
pub(super) fn each_tag(xml: &str, mut see: impl FnMut(&BytesStart)) -> Result<(), BookFault> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event()? {
            Event::Start(tag) | Event::Empty(tag) => see(&tag),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Value of an attribute, whatever the prefix of its name.
pub(super) fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag.attributes().filter_map(Result::ok).find(|of| of.key.local_name().as_ref() == name)?;
    unescape(&found.value).ok().map(std::borrow::Cow::into_owned)
}

/// A start tag with its attributes as they are, but for one.
pub(super) fn start_tag(tag: &BytesStart, without: &str) -> String {
    let kept = tag.attributes().filter_map(Result::ok).filter(|of| of.key.as_ref() != without);
    let attributes: String = kept.map(|of| format!(" {}=\"{}\"", of.key.as_ref(), of.value.replace('"', "&quot;"))).collect();
    format!("<{}{attributes}>", tag.name().as_ref())
}

/// Prefix of a tag's name with its colon, empty where it has none.
pub(super) fn prefix(tag: &BytesStart) -> String {
    let name = tag.name();
    name.as_ref().rsplit_once(':').map_or_else(String::new, |(prefix, _)| format!("{prefix}:"))
}
