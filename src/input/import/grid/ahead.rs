//! Items made ahead by another thread. Their order, and with it every result, is that of one thread.

use std::sync::mpsc::{channel, sync_channel};

/// Items handed over together.
const TOGETHER: usize = 1024;
/// Batches that may wait: enough to bridge a pause of either thread, few enough for its cache.
const WAITING: usize = 8;

/// Passes on items in their order. They are made by another thread, which drops them too, unless the program may use one thread alone.
pub(in crate::input) fn made_ahead<T: Send>(mut items: impl Iterator<Item = T> + Send, mut enter: impl FnMut(&T)) {
    if rayon::current_num_threads() < 2 {
        items.for_each(|item| enter(&item));
        return;
    }
    std::thread::scope(|scope| {
        let (full, to_enter) = sync_channel::<Vec<T>>(WAITING);
        let (entered, empty) = channel::<Vec<T>>();
        scope.spawn(move || {
            loop {
                let mut batch = empty.try_recv().unwrap_or_default();
                batch.clear();
                batch.extend(items.by_ref().take(TOGETHER));
                if batch.is_empty() || full.send(batch).is_err() {
                    return;
                }
            }
        });
        for batch in to_enter {
            batch.iter().for_each(&mut enter);
            // none is taken back once all have been made
            let _ = entered.send(batch);
        }
    });
}
