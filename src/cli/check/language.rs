//! In which language people are spoken to.

use gongwen::diagnostic::Language;

/// `en` or `zh`, as typed.
pub fn parse(word: &str) -> Result<Language, String> {
    match word.to_ascii_lowercase().split(['-', '_', '.']).next() {
        Some("en") => Ok(Language::English),
        Some("zh") => Ok(Language::Chinese),
        _ => Err(format!("expected en or zh, found `{word}`")),
    }
}

/// Chinese where the locale is Chinese, else English.
pub fn of_locale() -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    locale
        .and_then(|l| parse(&l).ok())
        .unwrap_or(Language::English)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales() {
        assert_eq!(parse("zh_CN.UTF-8"), Ok(Language::Chinese));
        assert_eq!(parse("en"), Ok(Language::English));
        assert!(parse("fr").is_err());
    }
}
