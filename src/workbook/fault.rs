//! Why a workbook cannot be filled in.

use thiserror::Error;

/// Reason for which a workbook cannot be filled in.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BookFault {
    /// It is no readable package.
    #[error("the workbook is no readable package: {0}")]
    Package(String),
    /// It has no such sheet or part.
    #[error("the workbook has no part {0}")]
    Missing(String),
    /// A part is no readable XML.
    #[error("a part of the workbook is no readable XML: {0}")]
    Xml(String),
    /// A cell to be filled in has a formula.
    #[error("the cell {0} has a formula")]
    Formula(String),
}

impl From<zip::result::ZipError> for BookFault {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Package(error.to_string())
    }
}

impl From<std::io::Error> for BookFault {
    fn from(error: std::io::Error) -> Self {
        Self::Package(error.to_string())
    }
}

impl From<quick_xml::Error> for BookFault {
    fn from(error: quick_xml::Error) -> Self {
        Self::Xml(error.to_string())
    }
}
