/// A figure that is known to leave its band, and why. The page shows it as broken; the check goes on without it, so
/// that it fails for what is new.
struct KnownGap {
    var row: String
    var quantity: String
    /// What the error may be at most, as a fraction: a gap that widens fails the check like any other.
    var worst: Double
    var reason: String

    static let all = [
        KnownGap(
            row: "sync-rep-1-remote-write", quantity: "commits a send", worst: 0.45,
            reason:
                "a round of the walsender takes 153 us, by the published counts 114: half of it is waiting for the "
                + "kernel's mutex at four changes of its event set. One that bounds the throughput has a queue, "
                + "and the walsender takes its turn: 19 commits a send if all spin and nobody sleeps, no other "
                + "figure if a node's spinners get it at random, 7 if the last to sleep were the first to "
                + "be woken, which is not how this kernel does it"
        )
    ]

    /// The gap that a target is known for; nil if it has to keep its band, or is further off than is known.
    static func excusing(_ target: Target) -> KnownGap? {
        of(target).flatMap { abs(target.error ?? .infinity) <= $0.worst ? $0 : nil }
    }

    /// The gap that a target would have, met or not.
    static func of(_ target: Target) -> KnownGap? {
        all.first { $0.row == target.row && $0.quantity == target.quantity }
    }
}
