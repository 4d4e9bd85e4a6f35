use crate::diagnostic::Findings;
use crate::model::Contract;
use crate::scenarios::{known_member, placeholders, playable};

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    if let Some(simulation) = &contract.simulation {
        for (member, text) in simulation.fresh.iter() {
            let all = contract.hooks.iter().flat_map(|hook| &hook.parameters);
            known_member(contract, member, all, findings);
            placeholders(text.span, &text.value, &[], findings);
        }
    }
    for (_, scenario) in &contract.scenarios {
        playable(contract, scenario, findings);
    }
}
