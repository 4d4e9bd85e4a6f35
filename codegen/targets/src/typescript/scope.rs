//! Every identifier of the module, decided before anything is printed.

use std::collections::{BTreeMap, BTreeSet};

use wcs_contract::model::{Contract, Hook, Scalar, Side, Type, TypeDef, TypeId, TypeKind};
use wcs_contract::names::{self, Role};

/// The contract with the names of its declarations.
pub(super) struct Scope<'c> {
    pub(super) contract: &'c Contract,
    /// Request and answer of each hook, in the order of the contract.
    hooks: Vec<[String; 2]>,
    enums: BTreeMap<TypeId, String>,
    records: BTreeMap<(TypeId, Side), String>,
}

impl<'c> Scope<'c> {
    pub(super) fn of(contract: &'c Contract) -> Self {
        let mut taken = BTreeSet::new();
        // Answers come last: what is named in a program most often has the plainest name.
        let requests: Vec<String> = contract
            .hooks
            .iter()
            .map(|hook| take(&mut taken, names::typescript(&hook.name.value, Role::Hook)))
            .collect();
        let (mut enums, mut records) = (BTreeMap::new(), BTreeMap::new());
        let sides = sides(contract);
        for (id, def) in types(contract) {
            let name = take(&mut taken, names::typescript(&def.name.value, Role::Type));
            match &def.kind {
                TypeKind::Enum { .. } => drop(enums.insert(id, name)),
                TypeKind::Record(_) if sides.contains(&(id, Side::Answer)) => {
                    if sides.contains(&(id, Side::Request)) {
                        let answer = take(&mut taken, format!("{name}Answer"));
                        records.insert((id, Side::Request), name);
                        records.insert((id, Side::Answer), answer);
                    } else {
                        records.insert((id, Side::Answer), name);
                    }
                }
                TypeKind::Record(_) => drop(records.insert((id, Side::Request), name)),
            }
        }
        let hooks = requests.into_iter().map(|request| {
            let answer = take(&mut taken, format!("{request}Answer"));
            [request, answer]
        });
        Self { hooks: hooks.collect(), contract, enums, records }
    }

    /// The hooks, each with the names of its request and its answer.
    pub(super) fn hooks(&self) -> impl Iterator<Item = (&'c Hook, &str, &str)> {
        let names = self.hooks.iter().map(|[request, answer]| (request.as_str(), answer.as_str()));
        self.contract.hooks.iter().zip(names).map(|(hook, (request, answer))| (hook, request, answer))
    }

    /// The enums with their names.
    pub(super) fn enums(&self) -> impl Iterator<Item = (&'c TypeDef, &str)> {
        self.enums.iter().map(|(id, name)| (self.contract.type_def(*id), name.as_str()))
    }

    /// The records with the side on which they stand, and their names.
    pub(super) fn records(&self) -> impl Iterator<Item = (&'c TypeDef, Side, &str)> {
        self.records.iter().map(|((id, side), name)| (self.contract.type_def(*id), *side, name.as_str()))
    }

    /// A type as TypeScript writes it.
    pub(super) fn ty(&self, ty: &Type, side: Side) -> String {
        match ty {
            Type::Scalar(Scalar::String) | Type::List(_) => "string".to_owned(),
            Type::Scalar(Scalar::Bool) => "boolean".to_owned(),
            Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Float) => "number".to_owned(),
            Type::Scalar(Scalar::Object) => "JsonObject".to_owned(),
            Type::Scalar(Scalar::StringOrNumber) => "string | number".to_owned(),
            Type::Array(item) => format!("Array<{}>", self.ty(item, side)),
            Type::Map(item) => format!("{{ [key: string]: {} }}", self.ty(item, side)),
            Type::Named(id) => self.named(*id, side).to_owned(),
        }
    }

    fn named(&self, id: TypeId, side: Side) -> &str {
        let name = self.enums.get(&id).or_else(|| self.records.get(&(id, side)));
        name.unwrap_or_else(|| unreachable!("every type that a member names was found on the member's side"))
    }
}

/// Takes a name that no other declaration has.
fn take(taken: &mut BTreeSet<String>, mut name: String) -> String {
    while !taken.insert(name.clone()) {
        name.push('_');
    }
    name
}

/// Enums and records in the order of the contract.
fn types(contract: &Contract) -> impl Iterator<Item = (TypeId, &TypeDef)> {
    contract.types.iter().enumerate().map(|(at, def)| (TypeId(at), def))
}

/// The sides on which types are used, directly or through records. A type that no hook uses is declared as in requests, so
/// the types that it names are needed there too.
fn sides(contract: &Contract) -> BTreeSet<(TypeId, Side)> {
    let mut found = BTreeSet::new();
    for hook in &contract.hooks {
        let received = hook.parameters.iter().filter(|member| member.is_received());
        follow(contract, received.filter_map(|member| name_in(&member.ty)), Side::Request, &mut found);
        let answered = hook.answer_members();
        follow(contract, answered.filter_map(|member| name_in(&member.ty)), Side::Answer, &mut found);
    }
    let is_unused = |id: &TypeId| Side::ALL.iter().all(|side| !found.contains(&(*id, *side)));
    let unused: Vec<TypeId> = types(contract).map(|(id, _)| id).filter(is_unused).collect();
    follow(contract, unused.into_iter(), Side::Request, &mut found);
    found
}

/// Not by recursion through records: a contract may be as deep as it is long.
fn follow(contract: &Contract, names: impl Iterator<Item = TypeId>, side: Side, found: &mut BTreeSet<(TypeId, Side)>) {
    let mut open: Vec<TypeId> = names.collect();
    while let Some(id) = open.pop() {
        if found.insert((id, side))
            && let TypeKind::Record(members) = &contract.type_def(id).kind
        {
            open.extend(members.iter().filter_map(|member| name_in(&member.ty)));
        }
    }
}

fn name_in(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Array(item) | Type::Map(item) => name_in(item),
        Type::List(_) | Type::Scalar(_) => None,
    }
}
