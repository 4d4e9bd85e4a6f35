//! A contract of another vendor, with hooks of all four types, through the same compiler, runtime and macros.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use wcs_tests::backend::Backend;

#[test]
fn lockers_are_answered() {
    let backend = Backend::of_package("own-schema").unwrap();
    for (hook, sent, status, answered) in [
        (
            "hello",
            r#"{"lockerId":"north-4", "firmware":"2.1","displayText":"Welcome","new":1e400}"#,
            200,
            r#"{"lockerId":"north-4", "firmware":"2.1","displayText":"Welcome at north-4","new":1e400}"#,
        ),
        ("openDoor", r#"{"door":17}"#, 403, r#"{"error":"neither a parcel nor a courier"}"#),
        ("openDoor", r#"{"door":17,"parcel":"P-1"}"#, 200, r#"{"door":17,"parcel":"P-1"}"#),
        (
            "openDoor",
            r#"{"door":17,"courier":{"badge":"77"}}"#,
            200,
            r#"{"door":17,"courier":{"badge":"77"},"openSeconds":120}"#,
        ),
        ("DoorEvent", r#"{"door":17,"state":"STUCK"}"#, 200, r#"{"door":17,"state":"STUCK"}"#),
        ("StillOpenEvent", r#"{"door":17}"#, 403, r#"{"error":"it rains"}"#),
        ("ParcelArrival", r#"{"parcel":"P-2","sizes":[1]}"#, 200, r#"{"parcel":"P-2","sizes":[1]}"#),
        ("openDor", "{}", 404, "openDoor"),
    ] {
        let reply = backend.post(hook, sent).unwrap();
        assert_eq!(reply.status, status, "{hook} {sent}: {}", reply.text());
        if status == 404 {
            assert!(reply.text().contains(answered), "{}", reply.text());
        } else {
            assert_eq!(reply.text(), answered, "{hook}");
        }
    }
}
