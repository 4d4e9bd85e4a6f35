//! Uses everything of the contract's crate that a program could use, in the way in which programs do.
#![allow(dead_code, unused_variables)]

use garage::*;
use wcs_runtime::{Answer, SessionPolicy};

// By the hooks' traits: what may be answered to which.
fn opens<H: wcs_runtime::ConnectHook>() {}
fn asks<H: wcs_runtime::DirectHook>() {}
fn reports<H: wcs_runtime::EventHook>() {}
fn arrives<H: wcs_runtime::IncomingHook>() {}

pub fn kinds() {
    opens::<OpenStation>();
    asks::<DriveIn>();
    asks::<DriveOut>();
    reports::<GateEvent>();
    reports::<BlockedEvent>();
    arrives::<Reservation>();
}

pub fn answers(policy: &SessionPolicy) {
    let _: Answer<OpenStation> = Answer::accept().with_policy(policy);
    let _: Answer<DriveIn> = Answer::deny("no");
    let _: Answer<DriveOut> = Answer::accept();
    let _: Answer<GateEvent> = Answer::acknowledge();
    let _: Answer<BlockedEvent> = Answer::end_stream("enough");
    let _: Answer<Reservation> = Answer::deny("full");
}

pub fn overwrites() {
    let _: Answer<OpenStation> = Answer::overwrite(OpenStationOverwrite::unchecked().welcome("Hello"));
    let bill = Bill::builder().cents(500i64).text("thanks").build();
    let members = DriveInOverwrite::unchecked()
        .message("Welcome")
        .tariff(&Tariff::Free)
        .bill(&bill)
        .lamp("green")
        .delay(3i32);
    let _: Answer<DriveIn> = Answer::overwrite(members);
}

pub fn reads(
    open: &OpenStation,
    come: &DriveIn,
    go: &DriveOut,
    gate: &GateEvent,
    blocked: &BlockedEvent,
    from: &Reservation,
) {
    let _: [Option<String>; 4] = [
        open.station().map(|text| text.into_owned()),
        open.visit().map(|text| text.into_owned()),
        open.firmware().map(|text| text.into_owned()),
        open.welcome().map(|text| text.into_owned()),
    ];
    let _: [Option<String>; 6] = [
        come.plate().map(|text| text.into_owned()),
        come.ticket().map(|text| text.into_owned()),
        come.coupon().map(|text| text.into_owned()),
        come.message().map(|text| text.into_owned()),
        come.lamp().map(|text| text.into_owned()),
        go.plate().map(|text| text.into_owned()),
    ];
    let _: [Option<i32>; 5] = [come.gate(), come.weight(), come.delay(), gate.gate(), blocked.gate()];
    let _: Option<List<String>> = come.tags();
    let _ = come.guests().map(|guests| guests.iter().map(|guest| guest.len()).sum::<usize>());
    let _ = come.extras().map(|extras| extras.iter().count());
    let _: Option<Driver> = come.driver();
    let _ = come.driver().and_then(|driver| driver.badge().map(|badge| badge.len()));
    let _ = come.driver().and_then(|driver| driver.pin().map(|pin| pin.len()));
    let _: Option<f64> = gate.width();
    let _: Option<i64> = gate.at();
    let _: Option<Object> = gate.raw_();
    let _: Option<StringOrNumber<'_>> = blocked.since();
    let _ = from.from().map(|text| text.into_owned());
    let _: Option<Bill> = come.bill();
    let _ = Spare::builder().note("x").build().note().map(|note| note.len());
}

/// An open enum can't be matched without a rest outside of its crate.
pub fn open(state: GateState) -> u32 {
    match state {
        GateState::Open => 1,
        GateState::Shut => 2,
        GateState::Jammed => 3,
        GateState::Other(word) => word.len() as u32,
        _ => 0,
    }
}

/// A complete one can.
pub fn closed(fuel: Fuel, tariff: Tariff) -> u32 {
    let by_fuel = match fuel {
        Fuel::Petrol => 1,
        Fuel::Power => 2,
    };
    let by_tariff = match tariff {
        Tariff::Hourly => 10,
        Tariff::Free => 20,
    };
    by_fuel + by_tariff
}

use wcs_runtime::{List, Object, StringOrNumber};
