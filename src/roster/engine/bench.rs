//! Memory for parallel searches.

use super::model::{Model, Scratch};
use std::sync::Mutex;

/// One memory per thread. Results of a search do not depend on which it uses.
#[derive(Debug)]
pub(in crate::roster) struct Bench {
    memories: Vec<Mutex<Scratch>>,
}

impl Bench {
    pub(in crate::roster) fn new(model: &Model) -> Self {
        Self { memories: (0..rayon::current_num_threads()).map(|_| Mutex::new(model.scratch())).collect() }
    }

    /// Runs a search with the memory of the current thread; it must not wait for other threads.
    pub(in crate::roster) fn with_memory<T>(&self, search: impl FnOnce(&mut Scratch) -> T) -> T {
        let memory = &self.memories[rayon::current_thread_index().unwrap_or(0) % self.memories.len()];
        // a search that panics ends the run
        search(&mut memory.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}
