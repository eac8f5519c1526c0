/// A figure that is known to leave its band, and why. The page shows it as broken; the check goes on without it, so that
/// it fails for what is new.
struct KnownGap {
    var row: String
    var quantity: String
    var reason: String

    static let all = [
        KnownGap(
            row: "s50-ff100, phase 1", quantity: "Heap2/PRUNE count",
            reason: "index scans do not visit the pages that moved rows came from, which prunes them sooner"),
        KnownGap(
            row: "sync-rep-1-remote-write", quantity: "backends released a reply",
            reason: "the walsender stands behind some 18 sleepers at the kernel's mutex and sends half as often"),
        KnownGap(
            row: "sync-rep-1-remote-write", quantity: "commits a send",
            reason: "the walsender stands behind some 18 sleepers at the kernel's mutex and sends half as often"),
    ]

    /// The gap that a target is known for; nil if it has to keep its band.
    static func of(_ target: Target) -> KnownGap? {
        all.first { $0.row == target.row && $0.quantity == target.quantity }
    }
}
