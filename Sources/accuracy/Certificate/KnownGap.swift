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
            row: "sync-rep-1-remote-write", quantity: "commits a send", worst: 0.3,
            reason:
                "a walsender of this server takes some 130 us a round, by the published counts 114, and sends in fewer "
                + "of them. Of the time it has a CPU for three fifths, the published one by top for half; the rest is "
                + "mostly sleep in the queue of the kernel's mutex, in turn with everybody"
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
