/// A figure that is known to leave its band, and why. The page shows it as broken; the check goes on without it, so that
/// it fails for what is new.
struct KnownGap {
    var row: String
    var quantity: String
    /// What the error may be at most, as a fraction: a gap that widens fails the check like any other.
    var worst: Double
    var reason: String

    static let all = [
        KnownGap(
            row: "s50-ff100, phase 1", quantity: "Heap2/PRUNE count", worst: 0.16,
            reason: "index scans do not visit the pages that moved rows came from, which prunes them sooner"),
        KnownGap(
            row: "sync-rep-1-remote-write", quantity: "commits a send", worst: 0.35,
            reason: "the walsender has to sleep for the kernel's mutex now and then, and sends a fifth too seldom"),
        KnownGap(
            row: "sync-rep-4-local-standbys", quantity: "tps", worst: 0.17,
            reason: "eight walreceivers more take the kernel's mutex, which is as fast as the other groups allow"),
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
