//! What headers in German, Spanish, French and Japanese say of their columns.

use crate::input::import::headers::foreign_lists::{
    DENIED, FOREIGN_ABANDONED, FOREIGN_CONTACTS, FOREIGN_HANDLED, FOREIGN_MEANS, FOREIGN_OFFERED, FOREIGN_QUEUES, FOREIGN_TOTALS,
    HANDLINGS, HOLDS, LATER, LENGTHS, OTHERS, TALKS, TIMES, TIMES_ALONE, WAITS, WHOLE_LENGTHS, WRAPS,
};
use crate::input::import::headers::kinds::Meaning;
use crate::input::import::headers::lists::{ABANDONED, HANDLED, MEANS, OFFERED, TOTALS};
use crate::input::import::headers::words::Words;

/// What a header with a word of these languages says its column holds; `None` for one without.
pub(super) fn meaning(words: &Words) -> Option<Meaning> {
    if words.have(OTHERS) {
        return Some(Meaning::Unread);
    }
    let is_denied = words.hold(DENIED);
    of_length(words)
        .or_else(|| is_denied.then_some(Meaning::Abandoned))
        .or_else(|| of_time(words))
        .or_else(|| of_queue(words))
        .or_else(|| of_count(words))
}

fn of_length(words: &Words) -> Option<Meaning> {
    // when something begins or ends is no length
    let is_length = words.have(LENGTHS) && !words.have(&["開始", "終了", "時間帯", "inicio", "debut", "beginn", "fin", "ende", "start"]);
    if !is_length && !words.have(WHOLE_LENGTHS) {
        return None;
    }
    let (is_mean, is_total) = (names_mean(words), names_total(words));
    let either = |mean, total| Some(if is_total && !is_mean { total } else { mean });
    match () {
        () if words.have(&ABANDONED) || words.have(FOREIGN_ABANDONED) => Some(Meaning::Unread),
        () if words.have(WRAPS) => either(Meaning::Wrap, Meaning::TotalWrap),
        () if words.have(WAITS) => Some(if is_mean { Meaning::Unread } else { Meaning::Wait }),
        () if words.have(HOLDS) => either(Meaning::Hold, Meaning::TotalHold),
        () if words.have(HANDLINGS) => either(Meaning::Handling, Meaning::TotalHandling),
        () if words.have(TALKS) => either(Meaning::Talk, Meaning::TotalTalk),
        () => None,
    }
}

fn of_time(words: &Words) -> Option<Meaning> {
    // Anrufe pro Stunde counts
    let is_each = words.have(&["pro", "je", "por", "par"]) && words.have(FOREIGN_CONTACTS);
    let is_time = words.have(TIMES) && !names_mean(words) && !is_each || words.are(TIMES_ALONE);
    is_time.then(|| if words.have(LATER) { Meaning::Later } else { Meaning::Begins })
}

fn of_queue(words: &Words) -> Option<Meaning> {
    let counts =
        words.have(FOREIGN_OFFERED) || words.have(FOREIGN_HANDLED) || words.have(FOREIGN_ABANDONED) || words.have(FOREIGN_CONTACTS);
    let is_line = words.hold(&["file d'attente", "file d’attente", "files d'attente", "files d’attente"]);
    (is_line || words.have(FOREIGN_QUEUES) && !counts).then_some(Meaning::Queue)
}

fn of_count(words: &Words) -> Option<Meaning> {
    if words.have(&["agenten", "mitarbeiter", "agentes", "agente", "担当者", "オペレータ"]) {
        return None;
    }
    let has = |own: &[&str], english: &[&str]| words.have(own) || words.have(english);
    let is_foreign = [FOREIGN_ABANDONED, FOREIGN_HANDLED, FOREIGN_OFFERED, FOREIGN_CONTACTS].iter().any(|list| words.have(list));
    match () {
        () if !is_foreign => None,
        () if has(FOREIGN_ABANDONED, &ABANDONED) => Some(Meaning::Abandoned),
        () if has(FOREIGN_HANDLED, &HANDLED) => Some(Meaning::Handled),
        () => Some(Meaning::Offered),
    }
}

/// Whether a header says that its figures are means, in any language.
pub(super) fn names_mean(words: &Words) -> bool {
    // the Spanish word is also that of English channels
    words.have(&MEANS) || words.have(FOREIGN_MEANS) || words.have(&["media"]) && words.have(LENGTHS)
}

/// Whether a header says that its figures are sums, in any language.
pub(super) fn names_total(words: &Words) -> bool {
    words.have(&TOTALS) || words.have(FOREIGN_TOTALS)
}

/// Whether a header names the offered contacts without doubt.
pub(super) fn names_offered(words: &Words) -> bool {
    words.have(FOREIGN_OFFERED) && !words.have(&OFFERED)
}

#[cfg(test)]
mod tests {
    use crate::input::import::headers::kinds::Meaning::*;
    use crate::input::import::headers::meaning::meaning_of;

    #[test]
    fn headers_of_four_languages_mean_what_they_say() {
        for (header, meaning) in [
            ("Datum", Begins),
            ("Uhrzeit", Begins),
            ("Intervallbeginn", Begins),
            ("Intervallende", Later),
            ("Warteschlange", Queue),
            ("Angebotene Anrufe", Offered),
            ("Anzahl Anrufe", Offered),
            ("Anrufe pro Stunde", Offered),
            ("Angenommene Anrufe", Handled),
            ("Calls angenommen", Handled),
            ("Nicht angenommene Anrufe", Abandoned),
            ("Abgebrochene Anrufe", Abandoned),
            ("Ø Bearbeitungszeit", Handling),
            ("Durchschnittliche Bearbeitungszeit (Sek.)", Handling),
            ("Gesamtbearbeitungszeit", TotalHandling),
            ("Durchschn. Gesprächszeit", Talk),
            ("Nachbearbeitungszeit", Wrap),
            ("Haltezeit", Hold),
            ("Durchschnittliche Wartezeit", Unread),
            ("Annahmequote", Unread),
            ("Fecha", Begins),
            ("Hora de inicio", Begins),
            ("Fecha fin", Later),
            ("Cola", Queue),
            ("Llamadas ofrecidas", Offered),
            ("Llamadas entrantes", Offered),
            ("Llamadas atendidas", Handled),
            ("Llamadas no atendidas", Abandoned),
            ("Llamadas abandonadas", Abandoned),
            ("TMO", Handling),
            ("Tiempo medio de operación", Handling),
            ("Duración media de conversación", Talk),
            ("Nivel de servicio", Unread),
            ("Media Type", Channel),
            ("Heure de début", Begins),
            ("Tranche horaire", Begins),
            ("File d'attente", Queue),
            ("Appels présentés", Offered),
            ("Appels reçus", Offered),
            ("Appels traités", Handled),
            ("Appels abandonnés", Abandoned),
            ("Appels sans réponse", Abandoned),
            ("DMT", Handling),
            ("Durée moyenne de traitement", Handling),
            ("Temps moyen d'attente", Unread),
            ("Taux d'abandon", Unread),
            ("日付", Begins),
            ("開始時刻", Begins),
            ("時間帯", Begins),
            ("終了時間", Later),
            ("キュー", Queue),
            ("入電数", Offered),
            ("着信数", Offered),
            ("応答数", Handled),
            ("放棄呼数", Abandoned),
            ("平均処理時間", Handling),
            ("平均通話時間", Talk),
            ("平均後処理時間", Wrap),
            ("平均保留時間", Hold),
            ("応答率", Unread),
            ("平均待ち時間", Unread),
        ] {
            assert_eq!(meaning_of(header), meaning, "{header}");
        }
    }
}
