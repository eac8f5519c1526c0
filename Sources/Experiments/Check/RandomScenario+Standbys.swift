import HostModel
import Postgres

/// Standbys of random scenarios. Drawn last, so that what was drawn before does not depend on them.
extension RandomScenario {
    /// Gives every third scenario one to three standbys, near or far, and a reason to wait for them.
    mutating func addStandbys(to spec: inout ClusterSpec) {
        guard oneIn(3) else { return }
        let names = Array(["a", "b", "c"].prefix(number(1...3)))
        for name in names {
            let isFar = oneIn(2)
            if isFar { spec.hosts.append(spec.hosts[0]) }
            spec.instances[0].standbys.append(
                StandbySpec(
                    name: name, host: isFar ? spec.hosts.count - 1 : 0, settings: spec.instances[0].settings,
                    walDevice: DeviceSpec(sync: distribution(1...300), write: distribution(1...200), stalls: []),
                    network: isFar ? network() : nil, replayPerByte: oneIn(2) ? Double(number(0...50)) : nil))
        }
        spec.instances[0].settings.synchronousStandbyNames = list(of: names)
        if oneIn(2) { spec.instances[0].settings.synchronousCommit = one(of: [.remoteWrite, .on, .remoteApply]) }
    }

    private mutating func network() -> NetworkSpec {
        NetworkSpec(roundTrip: distribution(1...200), bandwidth: oneIn(2) ? nil : Double(number(1...1_000)) * 1e6)
    }

    private mutating func list(of standbys: [String]) -> String {
        if oneIn(6) { return "" }
        let count = number(1...standbys.count)
        let list = (oneIn(4) ? ["*"] : standbys).joined(separator: ", ")
        // ANY is a word from release 10 on; in 9.6 the list would not be valid and nobody would be waited for.
        return oneIn(2) ? "\(count) (\(list))" : "ANY \(count) (\(list))"
    }
}
