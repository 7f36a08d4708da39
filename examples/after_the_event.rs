//! Review at T+20: effect of each phase of Double 11 against its expectation.

use peakshift::input::Folder;
use peakshift::review::lifts;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let inputs = Folder::named(Path::new("data/qinghe/double11.toml")).read().inputs.ok_or("the folder has problems")?;
    for lift in lifts(&inputs)? {
        let expected = lift.event.expected.volume.map_or(f64::NAN, peakshift::units::Factor::get);
        let others = if lift.alone { "" } else { ", together with other events of its hours" };
        let (name, times, multiplier) = (&lift.event.name, lift.over_ordinary(), lift.multiplier());
        println!("{name} ({}): {times:.2} times the ordinary{others}; multiplier {multiplier:.2}, {expected:.2} expected", lift.queue);
    }
    Ok(())
}
