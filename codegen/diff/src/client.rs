use super::change::{Change, Changes};
use super::compare::MemberPair;
use super::rule::change_rules;
use super::verdict::Impact::{Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::ClientSees;

change_rules! {
    /// Whether the client gets a member too changes.
    ///
    /// What the sender itself shows or hides changes on the wire: clients lose something, or learn something that they were not
    /// to see. What the contract advises to keep back (`withhold`) changes with the next build: the session policy that a
    /// backend computes then excludes the member, or no longer does.
    CHANGED { code: "D0212", name: "client-view-changed", mirror: Rule("client-view-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Member(find) };

fn find(pair: &MemberPair<'_>, changes: &mut Changes) {
    let (was, is) = (pair.old.client, pair.new.client);
    if was == is {
        return;
    }
    let differs = |word| (was == word) != (is == word);
    let risk = |risky| if risky { Risky } else { Safe };
    let (wire, rust) = (risk(differs(ClientSees::Never)), risk(differs(ClientSees::Withhold)));
    let effect = match (was, is) {
        (_, ClientSees::Never) => "Clients that show or use it go without.",
        (ClientSees::Never, ClientSees::Same) => "Clients see what they did not see before.",
        (_, ClientSees::Withhold) => {
            "A rebuilt backend keeps it from clients by the session policy; one that is not rebuilt does not."
        }
        (_, ClientSees::Same) => "A rebuilt backend no longer keeps it from clients.",
    };
    let message = format!("`{}` {} now; {}", pair.new.name.value, said(is), said_before(was));
    changes.push(
        Change::new(&CHANGED, &pair.about, Verdict::new(wire, rust, Safe), message)
            .values(was.word(), is.word())
            .effect(effect)
            .action("See whether clients need it, and whether they may have it."),
    );
}

fn said(client: ClientSees) -> &'static str {
    match client {
        ClientSees::Same => "goes to the client too",
        ClientSees::Withhold => "is to be kept from the client by the policy",
        ClientSees::Never => "never goes to the client",
    }
}

fn said_before(client: ClientSees) -> &'static str {
    match client {
        ClientSees::Same => "it went to the client too",
        ClientSees::Withhold => "it was to be kept from the client by the policy",
        ClientSees::Never => "it never went to the client",
    }
}
