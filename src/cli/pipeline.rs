//! Work on many items at once, results in the order of the items, memory bounded.
//!
//! Each worker takes the next item, works on it, and hands its result over; results that come too early wait. No item
//! is taken while too many, or too heavy ones, are on their way, so memory is a matter of the threads and of the
//! largest items, never of how many there are.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many items may be on their way for each thread.
const WINDOW: u64 = 8;

/// What may be on its way at once whatever the largest item weighs, in bytes.
const BUDGET_FLOOR: u64 = 4 << 20;

/// An item, and about how many bytes it is.
#[derive(Debug)]
pub struct Weighed<T> {
    /// The item.
    pub item: T,
    /// Its bytes.
    pub weight: u64,
}

struct Output<R, S, E> {
    /// The place of the next result that the sink gets.
    next: u64,
    /// Results that came early, and the weights of their items.
    early: BTreeMap<u64, (R, u64)>,
    /// The weight of all items that are on their way.
    on_their_way: u64,
    largest: u64,
    sink: S,
    failed: Option<E>,
}

/// Runs `work` over the items on so many threads; `sink` gets the results in order. Ends at the sink's first error.
pub fn ordered<T, R, E>(
    threads: NonZeroUsize,
    items: impl Iterator<Item = Weighed<T>> + Send,
    work: impl Fn(T) -> R + Sync,
    sink: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<(), E>
where
    T: Send,
    R: Send,
    E: Send,
{
    let feeder = Mutex::new((items, 0u64));
    let output = Mutex::new(Output {
        next: 0,
        early: BTreeMap::new(),
        on_their_way: 0,
        largest: 0,
        sink,
        failed: None,
    });
    let moved = Condvar::new();
    let window = WINDOW * threads.get() as u64;
    let take = || {
        let mut feeder = lock(&feeder);
        let place = feeder.1;
        let mut state = lock(&output);
        while state.failed.is_none() && place >= state.next + window {
            state = moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.failed.is_some() {
            return None;
        }
        // The source may block (standard input): results must be able to pass meanwhile.
        drop(state);
        let Weighed { item, weight } = feeder.0.next()?;
        feeder.1 += 1;
        let mut state = lock(&output);
        state.largest = state.largest.max(weight);
        let budget = BUDGET_FLOOR.max(state.largest.saturating_mul(threads.get() as u64));
        while state.failed.is_none()
            && state.on_their_way > 0
            && state.on_their_way.saturating_add(weight) > budget
        {
            state = moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.on_their_way += weight;
        Some((place, weight, item))
    };
    let hand_over = |place: u64, result: R, weight: u64| {
        let mut state = lock(&output);
        state.early.insert(place, (result, weight));
        let state = &mut *state;
        while let Some((result, weight)) = state.early.remove(&state.next) {
            state.next += 1;
            state.on_their_way -= weight;
            if state.failed.is_none() {
                state.failed = (state.sink)(result).err();
            }
        }
        moved.notify_all();
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.get() {
            scope.spawn(|| {
                while let Some((place, weight, item)) = take() {
                    hand_over(place, work(item), weight);
                }
            });
        }
    });
    let output = output.into_inner().unwrap_or_else(PoisonError::into_inner);
    output.failed.map_or(Ok(()), Err)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    fn items(n: u64, weight: u64) -> impl Iterator<Item = Weighed<u64>> + Send {
        (0..n).map(move |item| Weighed { item, weight })
    }

    fn threads(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).unwrap()
    }

    #[test]
    fn results_keep_the_order_of_the_items() {
        for n in [1, 2, 7] {
            let mut results = Vec::new();
            let work = |item: u64| {
                // The earlier of each pair takes longer.
                std::thread::sleep(std::time::Duration::from_micros(100 * (1 - item % 2)));
                item
            };
            let ended = ordered(threads(n), items(300, 1), work, |r| {
                results.push(r);
                Ok::<(), ()>(())
            });
            assert_eq!(ended, Ok(()));
            assert_eq!(results, (0..300).collect::<Vec<_>>());
        }
    }

    #[test]
    fn heavy_items_do_not_pile_up() {
        let on_their_way = AtomicU64::new(0);
        let most = AtomicU64::new(0);
        let items = items(64, BUDGET_FLOOR).inspect(|_| {
            let now = on_their_way.fetch_add(1, Ordering::SeqCst) + 1;
            most.fetch_max(now, Ordering::SeqCst);
        });
        let ended = ordered(
            threads(2),
            items,
            |item| item,
            |_| {
                on_their_way.fetch_sub(1, Ordering::SeqCst);
                Ok::<(), ()>(())
            },
        );
        assert_eq!(ended, Ok(()));
        // Two being worked on, and one taken that waits.
        assert!(most.load(Ordering::SeqCst) <= 3);
    }

    #[test]
    fn the_sinks_error_ends_the_run() {
        let done = AtomicU64::new(0);
        let work = |item: u64| {
            done.fetch_add(1, Ordering::SeqCst);
            item
        };
        let sink = |item: u64| if item == 5 { Err("full") } else { Ok(()) };
        assert_eq!(
            ordered(threads(2), items(100_000, 1), work, sink),
            Err("full")
        );
        assert!(done.load(Ordering::SeqCst) < 100);
    }
}
