//! `pulang trail`: who looked at what, for the auditor, the newest first.

use super::Exit;
use super::answer::Stop;
use super::console::{Call, say};
use super::open::Opened;
use crate::app::auditing::{act_words, named_words};
use crate::desk::{LookAct, Sought, Trace};
use crate::text::Texts;
use serde_json::{Value as Json, json};

/// Lines that are asked for at once.
const PAGE: usize = 500;

/// What narrows the trail, and how much of it is wanted.
#[derive(clap::Args)]
pub struct TrailArgs {
    /// Only what an operator did whose name has this in it.
    #[arg(long, value_name = "NAME")]
    pub operator: Option<String>,
    /// Only looks at the case with this number.
    #[arg(long, value_name = "NUMBER")]
    pub case: Option<String>,
    /// Only this act, such as `open` or `refused`.
    #[arg(long, value_name = "ACT", value_parser = LookAct::ALL.map(LookAct::code))]
    pub act: Option<String>,
    /// From this day on, such as 21-02-2026.
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Up to this day.
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// At most so many.
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub limit: u32,
}

/// Runs `pulang trail`.
pub fn run(call: &mut Call<'_, '_>, wanted: &TrailArgs) -> Result<Exit, Stop> {
    let Opened { seat, .. } = call.open()?;
    let interrupt = call.interrupt();
    let act = wanted.act.as_deref().and_then(|code| LookAct::ALL.into_iter().find(|act| act.code() == code));
    let TrailArgs { operator, case, from, to, .. } = wanted;
    let sought = Sought { operator: operator.clone(), case: case.clone(), act, from: from.clone(), to: to.clone() };
    let (mut audit, most) = (seat.audit(&sought)?, wanted.limit as usize);
    let mut traces = Vec::new();
    while traces.len() < most && !audit.is_over() {
        interrupt.check()?;
        traces.extend(seat.audit_on(&mut audit, PAGE.min(most - traces.len()))?);
    }
    let json = json!({
        "lines": traces.iter().map(trace_json).collect::<Vec<_>>(), "is_all": audit.is_over(), "unread": audit.unread,
    });
    call.report(json, |call| {
        for trace in &traces {
            let at = seat.zone().local(trace.at).format("%d-%m-%Y %H:%M:%S").to_string();
            let (act, of) = (act_words(trace, &call.texts), of_words(trace, &call.texts));
            let line =
                format!("{at}  {:<24}  {:<24}  {act:<20}  {of:<12}  {:>6}  ", trace.who, trace.office, trace.count);
            say!(call, "{}", format!("{line}{}", trace.why).trim_end())?;
        }
        let key = if audit.is_over() { "trail-all" } else { "trail-more" };
        say!(call, "{}", call.texts.with(key, &[("count", &traces.len().to_string())]))?;
        match audit.unread {
            0 => Ok(()),
            unread => say!(call, "!! {}", call.texts.with("trail-unread", &[("count", &unread.to_string())])),
        }
    })?;
    Ok(Exit::DONE)
}

/// What was looked at, the first of many.
fn of_words(trace: &Trace, texts: &Texts) -> String {
    trace.of.first().map(|of| named_words(of, texts)).unwrap_or_default()
}

fn trace_json(trace: &Trace) -> Json {
    json!({
        "line": trace.line, "at": trace.at, "operator": trace.who, "office": trace.office, "act": trace.act.code(),
        "of": trace.of.iter().map(ToString::to_string).collect::<Vec<_>>(), "count": trace.count, "why": trace.why, "fields": trace.fields,
    })
}
