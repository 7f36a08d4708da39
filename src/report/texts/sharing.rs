//! Savings from pooling and from higher chat concurrency, in words.

use crate::messages::{Lang, Part, say};
use crate::plan::{Inputs, Planned, pooling};
use crate::service::{Channel, Windows};
use crate::staffing::windows_needs;

/// Requirement at each concurrency, where agents may have more chats than planned.
pub(in crate::report) fn windows_lines(inputs: &Inputs, planned: &Planned, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for (of, forecast) in inputs.queues.iter().zip(&planned.forecasts) {
        let Channel::Chat(concurrency) = &of.queue.channel else { continue };
        if of.queue.wider.is_none() && of.queue.windows == Windows::Given {
            continue;
        }
        lines.extend(windows_needs(&of.queue, &forecast.demand).iter().map(|need| {
            let is_planned = need.windows == concurrency.windows();
            let planned = if is_planned { say(lang, Part::Text, "windows_planned", &[]) } else { String::new() };
            let later = |share: f64| say(lang, Part::Text, "windows_replies", &[&format!("{:.1}", share * 100.0)]);
            let mut quality = need.later_in_time.map_or_else(String::new, later);
            if !need.feasible {
                quality += &say(lang, Part::Text, "windows_infeasible", &[]);
            }
            let fill = [of.queue.name.clone(), need.windows.to_string(), planned, format!("{:.1}", need.agent_hours), quality];
            say(lang, Part::Text, "windows_line", &fill.each_ref().map(String::as_str))
        }));
    }
    lines
}

/// Savings from shared people against dedicated teams, and the potential of a fully cross-trained team.
pub(in crate::report) fn pooling_lines(inputs: &Inputs, planned: &Planned, lang: Lang) -> Vec<String> {
    let pay = inputs.employees.iter().map(|employee| employee.pay.get()).sum::<f64>() / inputs.employees.len().max(1) as f64;
    let line = |group: &crate::plan::Pooling| {
        let names: Vec<&str> = group.queues.iter().map(|&queue| inputs.queues[queue].queue.name.as_str()).collect();
        let asked =
            group.queues.iter().flat_map(|&queue| &planned.problem.demand[queue].required).sum::<f64>() * inputs.interval.hours().get();
        let hours = [group.dedicated.get(), asked, group.pooled.get()];
        let mut fill = vec![names.join(" + ")];
        fill.extend(hours.map(|hours| format!("{hours:.1}")));
        fill.extend([format!("{:.0}", group.flexible_share * 100.0), format!("{pay:.1}"), inputs.currency.clone()]);
        fill.extend(hours.map(|hours| format!("{:.0}", hours * pay)));
        say(lang, Part::Text, "pooling_line", &fill.iter().map(String::as_str).collect::<Vec<_>>())
    };
    pooling(inputs, &planned.requirements, &planned.problem).iter().map(line).collect()
}
