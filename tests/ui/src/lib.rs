//! A small contract of its own, so that these tests say nothing about a generated one.

use wcs_runtime::codegen::*;

wcs_runtime::hook! {
    /// Asks whether a door may be opened.
    pub struct OpenDoor: direct, forbids;
    about: HookDescriptor::new("openDoor", "Asks whether a door may be opened.");
    builder: OpenDoorBuilder;
    members {
        /// Which door.
        door: Cow<'a, str> = Member::new("door", Kind::String).always();
        /// For how many seconds.
        seconds: i32 = Member::new("seconds", Kind::Int32).overwritable();
        /// What the display says.
        display_text: Cow<'a, str> = Member::new("displayText", Kind::String).overwritable();
    }
    overwrite: OpenDoorOverwrite {
        seconds: i32;
        display_text: Cow<'a, str>;
    }
}

wcs_runtime::hook! {
    /// Asks whether a light may be switched on.
    pub struct LightUp: direct, forbids;
    about: HookDescriptor::new("lightUp", "Asks whether a light may be switched on.");
    builder: LightUpBuilder;
    members {
        /// Which light.
        light: Cow<'a, str> = Member::new("light", Kind::String).always();
    }
}

wcs_runtime::hook! {
    /// A door has been opened.
    pub struct DoorOpened: event, no_effect;
    about: HookDescriptor::new("DoorOpened", "A door has been opened.");
    builder: DoorOpenedBuilder;
    members {
        /// Which door.
        door: Cow<'a, str> = Member::new("door", Kind::String).always();
    }
}

wcs_runtime::hooks! {
    /// The hooks of a house.
    pub trait Hooks {
        /// Asks whether a door may be opened.
        open_door: OpenDoor;
        /// Asks whether a light may be switched on.
        light_up: LightUp;
        /// A door has been opened.
        door_opened: DoorOpened;
    }
}

/// The contract.
#[must_use]
pub fn contract() -> &'static ContractDescriptor {
    &CONTRACT
}

static CONTRACT: ContractDescriptor = ContractDescriptor {
    name: "house",
    title: "House",
    version: "1.0.0",
    hash: "",
    hooks: &[OpenDoor::DESCRIPTOR, LightUp::DESCRIPTOR, DoorOpened::DESCRIPTOR],
    sender: SenderDescriptor {
        name: "house",
        base_paths: &["/house"],
        timeout_seconds: 5,
        accept_status: 200,
        deny_status: 403,
        content_type: "application/json",
        signature: None,
        policy: None,
        settings: &[],
        commands: &[],
    },
};
