import HostModel
import SimTime

/// Core sets, guests and the kernel of a host.
extension ScenarioBuilder {
    /// What `host` says of them, put into its specification.
    mutating func place(on spec: inout HostSpec, _ host: JSONNode) {
        spec.coreSets = coreSetSpecs(host["cpusets"], cores: spec.cores)
        spec.guests = guestSpecs(host["guests"])
        if let mutex = host["kernel"]?["event_set_mutex"] {
            spec.eventSetMutex = KernelMutexSpec(
                hold: mutex.child("hold").nanoseconds,
                holdPerSpinner: mutex["hold_per_spinner"]?.nanoseconds ?? .zero,
                remoteTransfer: mutex["remote_transfer"]?.nanoseconds ?? .zero,
                spin: mutex["spin"]?.nanoseconds ?? .zero, seeRelease: (mutex["see_release"]?.integer).map { Int($0) })
        }
    }

    private mutating func coreSetSpecs(_ node: JSONNode?, cores: Int) -> [CoreSetSpec] {
        var taken: Set<Int> = []
        return (node?.members ?? []).map { member in
            let (name, value) = (member.key, member.value)
            let path = SchemaPath("host") / "cpusets" / name
            let numbers: [Int]
            if case .string(let text) = value.kind {
                numbers = CoreList.numbers(text)
                if let outside = numbers.first(where: { $0 >= cores }) {
                    report(path, "there is no core \(outside)", notes: [value.seen, "allowed: 0 to \(cores - 1)"])
                }
            } else {
                numbers = Array((0..<cores).lazy.filter { !taken.contains($0) }.prefix(Int(value.integer)))
                if numbers.count < Int(value.integer) {
                    report(path, "too many cores", notes: [value.seen, "\(numbers.count) are left of \(cores)"])
                }
            }
            taken.formUnion(numbers)
            return CoreSetSpec(name: name, cores: numbers)
        }
    }

    private mutating func guestSpecs(_ node: JSONNode?) -> [GuestSpec] {
        guard let node else { return [] }
        let list = node.elements ?? Array(repeating: .object([:]), count: Int(node.integer))
        let guests = list.enumerated().map { number, guest in
            let path = SchemaPath("host") / "guests" / number
            return GuestSpec(
                name: guest["name"]?.text ?? "guest \(number + 1)",
                coreSet: guest["cpuset"].flatMap { coreSet($0, at: path / "cpuset") },
                overhead: guest["overhead"]?.real ?? 0)
        }
        if node.elements != nil {
            reportRepeatedNames(guests.enumerated().map { ($1.name, SchemaPath("host") / "guests" / $0 / "name") })
        }
        return guests
    }
}

/// A list of cores as cpuset(7) writes it: `0-14,20`.
enum CoreList {
    /// The greatest number that a list may name.
    static let limit = 4095

    /// The numbers in increasing order, each once; empty if the text is no list.
    static func numbers(_ text: String) -> [Int] {
        var numbers: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard let first = ends[0], let last = ends[ends.count - 1], ends.count <= 2, first >= 0, first <= last,
                last <= limit
            else { return [] }
            numbers.formUnion(first...last)
        }
        return numbers.sorted()
    }
}
