/// Which standbys a commit waits for: `synchronous_standby_names` as parsed (syncrep.h, `SyncRepConfigData`).
public struct SyncRepConfig: Sendable, Equatable {
    /// How the standbys that count are chosen among those that are named.
    public enum Method: Sendable {
        /// `FIRST n`, or no word: the n connected ones that are named first.
        case priority
        /// `ANY n`: whichever n are furthest.
        case quorum
    }

    /// How the standbys that count are chosen.
    public var method: Method
    /// How many must confirm.
    public var numSync: Int
    /// The names in order; `*` stands for every standby.
    public var members: [String]

    /// Everything spelled out.
    public init(method: Method, numSync: Int, members: [String]) {
        self.method = method
        self.numSync = numSync
        self.members = members
    }

    /// A standby's priority: the place of its name in the list, counted from 1; 0 if it is not in it. With `ANY` all
    /// that are named are equal (syncrep.c, SyncRepGetStandbyPriority).
    public func priority(of applicationName: String) -> Int {
        let name = applicationName.lowercased()
        guard let place = members.firstIndex(where: { $0 == "*" || $0.lowercased() == name }) else { return 0 }
        return method == .quorum ? 1 : place + 1
    }
}
