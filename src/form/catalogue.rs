//! The forms that are at hand: the official ones inside the program, and those that the user brings.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::{Form, FormErrors};
use crate::assets;

/// Forms by id and by year. An official form is compiled when it is first asked for, and once.
#[derive(Debug)]
pub struct Catalogue {
    /// Forms from files, in the order in which they came. They go before the official ones.
    added: Vec<Arc<Form>>,
    /// The official forms, oldest first.
    bundled: Vec<Bundled>,
}

/// Why there is no form to be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// No form has this id.
    #[error("没有名为“{id}”的表式（现有 {known}）")]
    Unknown {
        /// What was asked for.
        id: String,
        /// The ids of all forms.
        known: String,
    },
    /// No form is meant for reports of this year.
    #[error("没有适用于 {year} 年度的表式（现有 {known}）")]
    NoYear {
        /// The report year.
        year: i64,
        /// The ids of all forms.
        known: String,
    },
    /// A form inside the program has mistakes.
    #[error(transparent)]
    Broken(#[from] FormErrors),
}

impl Catalogue {
    /// Reads a form that the user brings and adds it. It hides an earlier one of the same id.
    ///
    /// # Errors
    /// All mistakes of the form, which is then not added.
    pub fn add(&mut self, name: &str, text: &str) -> Result<Arc<Form>, FormErrors> {
        let form = Arc::new(Form::read(name, text)?);
        self.added.push(Arc::clone(&form));
        Ok(form)
    }

    /// The form of this id.
    ///
    /// # Errors
    /// If there is none, or if it has mistakes.
    pub fn by_id(&self, id: &str) -> Result<Arc<Form>, CatalogueError> {
        if let Some(form) = self.added.iter().rev().find(|form| form.id == id) {
            return Ok(Arc::clone(form));
        }
        // The file of a form bears its id, so that usually no other form is compiled.
        let (likely, others): (Vec<_>, Vec<_>) =
            self.bundled.iter().partition(|form| form.stem() == Some(id));
        for bundled in likely.into_iter().chain(others) {
            let form = bundled.form()?;
            if form.id == id {
                return Ok(form);
            }
        }
        Err(CatalogueError::Unknown { id: id.to_owned(), known: self.known()? })
    }

    /// The newest form that is meant for reports of this year.
    ///
    /// # Errors
    /// If there is none, or if one that was asked has mistakes.
    pub fn for_year(&self, year: i64) -> Result<Arc<Form>, CatalogueError> {
        if let Some(form) = self.added.iter().rev().find(|form| form.covers(year)) {
            return Ok(Arc::clone(form));
        }
        for bundled in self.bundled.iter().rev() {
            let form = bundled.form()?;
            if form.covers(year) {
                return Ok(form);
            }
        }
        Err(CatalogueError::NoYear { year, known: self.known()? })
    }

    /// All forms: the official ones, oldest first, then those of the user.
    ///
    /// # Errors
    /// If an official form has mistakes.
    pub fn all(&self) -> Result<Vec<Arc<Form>>, CatalogueError> {
        let bundled = self.bundled.iter().map(Bundled::form);
        let mut forms = bundled.collect::<Result<Vec<_>, _>>()?;
        forms.extend(self.added.iter().map(Arc::clone));
        Ok(forms)
    }

    fn of(files: &[(&'static str, &'static str)]) -> Self {
        let bundled = files.iter().map(|(file, text)| Bundled { file, text, form: OnceLock::new() });
        Self { added: Vec::new(), bundled: bundled.collect() }
    }

    fn known(&self) -> Result<String, CatalogueError> {
        let forms = self.all()?;
        Ok(forms.iter().map(|form| form.id.as_str()).collect::<Vec<_>>().join("、"))
    }
}

impl Default for Catalogue {
    /// The official forms.
    fn default() -> Self {
        Self::of(&assets::FORMS)
    }
}

/// A form inside the program.
#[derive(Debug)]
struct Bundled {
    file: &'static str,
    text: &'static str,
    form: OnceLock<Result<Arc<Form>, FormErrors>>,
}

impl Bundled {
    fn stem(&self) -> Option<&str> {
        Path::new(self.file).file_stem()?.to_str()
    }

    fn form(&self) -> Result<Arc<Form>, FormErrors> {
        self.form.get_or_init(|| Form::read(self.file, self.text).map(Arc::new)).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_year_has_its_form() {
        let catalogue = Catalogue::default();
        let id = |year| catalogue.for_year(year).map(|form| form.id.clone());
        assert_eq!(id(2019).unwrap(), "2019");
        assert_eq!(id(2020).unwrap(), "2019");
        assert_eq!(id(2021).unwrap(), "2021");
        assert_eq!(id(2099).unwrap(), "2021");
        let error = id(2018).unwrap_err();
        assert_eq!(error.to_string(), "没有适用于 2018 年度的表式（现有 2019、2021）");
    }

    #[test]
    fn a_form_is_compiled_once_and_only_when_asked_for() {
        let catalogue = Catalogue::default();
        let form = catalogue.by_id("2021").unwrap();
        assert!(Arc::ptr_eq(&form, &catalogue.by_id("2021").unwrap()));
        assert!(catalogue.bundled[0].form.get().is_none());
        assert_eq!(catalogue.all().unwrap().len(), 2);
        assert!(matches!(catalogue.by_id("2018"), Err(CatalogueError::Unknown { .. })));
    }

    #[test]
    fn a_form_of_the_user_goes_first() {
        let mut catalogue = Catalogue::default();
        let text = assets::FORMS[1].1.replace("id: \"2021\"", "id: \"p37\"");
        let added = catalogue.add("省.ron", &text).unwrap();
        assert!(Arc::ptr_eq(&added, &catalogue.for_year(2022).unwrap()));
        assert!(Arc::ptr_eq(&added, &catalogue.by_id("p37").unwrap()));
        assert_eq!(catalogue.by_id("2021").unwrap().id, "2021");
        assert!(catalogue.add("坏.ron", "Form(").is_err());
        assert_eq!(catalogue.all().unwrap().len(), 3);
    }

    #[test]
    fn a_mistake_in_an_official_form_is_an_error_and_no_panic() {
        let catalogue = Catalogue::of(&[("assets/forms/bad.ron", "Form(id: 1)"), assets::FORMS[1]]);
        assert_eq!(catalogue.by_id("2021").unwrap().id, "2021");
        assert!(matches!(catalogue.by_id("bad"), Err(CatalogueError::Broken(_))));
        assert!(matches!(catalogue.all(), Err(CatalogueError::Broken(_))));
    }
}
