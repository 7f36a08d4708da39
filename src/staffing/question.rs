//! Queries to the queueing calculator: a load, with either agents or targets.

use super::erlang::{SteadyQueue, chat, erlang_a, erlang_c, waiting_room};
use super::least_agents::{Requirement, least_agents};
use super::waiting_line::ServiceLevelDefinition;
use crate::service::Concurrency;
use crate::units::{Agents, Erlangs, Seconds};

/// Queueing model of the calculator.
#[derive(Clone, Debug, PartialEq)]
pub enum QueueingModel {
    /// Loss system without waiting.
    ErlangB,
    /// Infinite patience.
    ErlangC,
    /// Finite patience.
    ErlangA,
    /// Number of places to wait.
    WaitingRoom(u32),
    /// Several chats per agent.
    Chat(Concurrency),
}

/// A query: a load, with either agents or targets.
///
/// ```
/// use peakshift::{staffing::{Question, QueueingModel, Requirement, met_by_loss}, units::{Agents, Erlangs, Seconds}};
/// let (load, handling, within) = (Erlangs::new(10.0)?, Seconds::new(180.0)?, Seconds::new(20.0)?);
/// let (model, targets) = (QueueingModel::ErlangC, vec![Requirement::Asa(20.0)]);
/// let question = Question { model, load, handling, agents: None, shrinkage: 0.3, patience: None, within, targets };
/// assert_eq!((question.agents(), met_by_loss(&question)), (Some(Agents::whole(13)), None));
/// assert!(question.queue_with(Agents::whole(12)).asa() > 20.0);
/// // one agent keeps the few who do not hang up waiting for no time at all
/// let impatient = Question { model: QueueingModel::ErlangA, patience: Some(Seconds::new(1.0)?), ..question };
/// assert!(met_by_loss(&impatient).is_some_and(|(agents, lost)| agents == Agents::whole(1) && lost > 0.9));
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Queueing model.
    pub model: QueueingModel,
    /// Offered load.
    pub load: Erlangs,
    /// Mean handling time.
    pub handling: Seconds,
    /// Agents on the desk; `None` asks for the least.
    pub agents: Option<Agents>,
    /// Share of scheduled time away from the desk, below 1.
    pub shrinkage: f64,
    /// Mean patience.
    pub patience: Option<Seconds>,
    /// Answer-within time.
    pub within: Seconds,
    /// Targets.
    pub targets: Vec<Requirement>,
}

/// Share of lost contacts beyond which a result cannot be intended.
const MOST_LOST: f64 = 0.5;

impl Question {
    /// Agents given, or the least that meet all targets; at least 1 if there are contacts, even where 0 would meet the targets.
    /// `None` if no number meets them.
    #[must_use]
    pub fn agents(&self) -> Option<Agents> {
        let least = || least_agents(&self.targets, self.load, |agents| self.queue_with(agents));
        let is_met = |agents| self.targets.iter().all(|target| target.is_met_by(&self.queue_with(agents)));
        let somebody = |least: Agents| if self.load > Erlangs::ZERO && least == Agents::ZERO { Agents::whole(1) } else { least };
        self.agents.or_else(|| least().map(somebody).filter(|agents| is_met(*agents)))
    }

    /// Queue in steady state with `agents`.
    #[must_use]
    pub fn queue_with(&self, agents: Agents) -> SteadyQueue {
        match &self.model {
            QueueingModel::ErlangB => waiting_room(self.load, self.handling, agents, None, 0),
            QueueingModel::ErlangC => erlang_c(self.load, self.handling, agents),
            QueueingModel::ErlangA => match self.patience {
                Some(patience) => erlang_a(self.load, self.handling, agents, patience),
                None => erlang_c(self.load, self.handling, agents),
            },
            QueueingModel::WaitingRoom(places) => waiting_room(self.load, self.handling, agents, self.patience, *places),
            QueueingModel::Chat(concurrency) => chat(self.load, concurrency, agents, self.patience),
        }
    }
}

/// Least agents for the targets with the share of contacts then lost, if most are lost and no target limits that: waits of the few
/// answered contacts are always short.
#[must_use]
pub fn met_by_loss(question: &Question) -> Option<(Agents, f64)> {
    let agents = question.agents().filter(|_| question.agents.is_none())?;
    let queue = question.queue_with(agents);
    let bounds = |target: &Requirement| matches!(target, Requirement::ServiceLevel { definition: ServiceLevelDefinition::Offered, .. });
    let bounds_both = question.targets.iter().any(bounds);
    let unbounded = |is_bounded: fn(&Requirement) -> bool, lost: f64| if question.targets.iter().any(is_bounded) { 0.0 } else { lost };
    let blocked = unbounded(|target| matches!(target, Requirement::Blocking(_)), queue.blocking());
    let gone = unbounded(|target| matches!(target, Requirement::Abandonment(_)), queue.abandonment());
    (!bounds_both && blocked + gone > MOST_LOST).then_some((agents, blocked + gone))
}
