//! Which declaration of the old contract is which of the new one: by name, then by what the contracts say of renaming.

use std::collections::{HashMap, HashSet};

use wcs_contract::model::{EnumValue, Hook, Name, Parameter, TypeDef};

/// Something declared under a name.
pub(super) trait Declared: Copy {
    /// Its name.
    fn name(&self) -> &str;

    /// The name that it had before.
    fn replaces(&self) -> Option<&str> {
        None
    }
}

macro_rules! declared {
    ($($Type:ty: $name:ident),*) => {
        $(impl Declared for &$Type {
            fn name(&self) -> &str {
                &self.$name.value
            }

            fn replaces(&self) -> Option<&str> {
                self.replaces.as_ref().map(|name| name.value.as_str())
            }
        })*
    };
}

declared!(Hook: name, Parameter: name, TypeDef: name, EnumValue: wire);

impl<T> Declared for (&Name, &T) {
    fn name(&self) -> &str {
        &self.0.value
    }
}

/// Two lists, matched.
#[derive(Debug, Clone)]
pub(super) struct Matched<T> {
    /// What both have, old and new, in the order of the new list.
    pub(super) both: Vec<(T, T)>,
    /// What only the new one has.
    pub(super) added: Vec<T>,
    /// What only the old one has.
    pub(super) removed: Vec<T>,
}

/// Matches two lists. A name that both have is the same thing; what is left is matched where either says what it replaces.
pub(super) fn matched<T: Declared>(old: impl IntoIterator<Item = T>, new: impl IntoIterator<Item = T>) -> Matched<T> {
    let (old, new): (Vec<T>, Vec<T>) = (old.into_iter().collect(), new.into_iter().collect());
    let by_name = |items: &[T]| -> HashMap<String, usize> {
        items.iter().enumerate().map(|(at, item)| (item.name().to_owned(), at)).collect()
    };
    let (old_names, new_names) = (by_name(&old), by_name(&new));
    let mut partner: Vec<Option<usize>> = new.iter().map(|item| old_names.get(item.name()).copied()).collect();
    let mut taken: HashSet<usize> = partner.iter().flatten().copied().collect();
    for (at, item) in new.iter().enumerate() {
        let replaced = item.replaces().and_then(|name| old_names.get(name).copied());
        if let (None, Some(was)) = (partner.get(at).copied().flatten(), replaced)
            && taken.insert(was)
            && let Some(slot) = partner.get_mut(at)
        {
            *slot = Some(was);
        }
    }
    // Seen backwards, the old contract is the one that knows of the renaming.
    for (was, item) in old.iter().enumerate() {
        let back = item.replaces().and_then(|name| new_names.get(name).copied());
        if let Some(slot) = back.and_then(|at| partner.get_mut(at))
            && slot.is_none()
            && taken.insert(was)
        {
            *slot = Some(was);
        }
    }
    let mut both = Vec::new();
    let mut added = Vec::new();
    for (item, was) in new.iter().zip(&partner) {
        match was.and_then(|was| old.get(was)) {
            Some(was) => both.push((*was, *item)),
            None => added.push(*item),
        }
    }
    let removed = old.iter().enumerate().filter(|(at, _)| !taken.contains(at)).map(|(_, item)| *item).collect();
    Matched { both, added, removed }
}

/// Whether two lists of names have what they have in common in another order.
pub(super) fn reordered<T: Declared>(matched: &Matched<T>, old: impl IntoIterator<Item = T>) -> bool {
    let place: HashMap<String, usize> =
        old.into_iter().enumerate().map(|(at, item)| (item.name().to_owned(), at)).collect();
    let places: Vec<usize> = matched.both.iter().filter_map(|(was, _)| place.get(was.name()).copied()).collect();
    !places.is_sorted()
}
