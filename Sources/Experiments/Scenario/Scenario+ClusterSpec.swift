import HostModel

extension Scenario {
    /// The servers: each has the scenario's standbys, those elsewhere on the same machines.
    private var servers: [InstanceSpec] {
        guard !instances.isEmpty else {
            return [
                InstanceSpec(
                    settings: settings, recycledSegments: recycledSegments, clients: clients, standbys: standbys)
            ]
        }
        return instances.map { instance in
            var instance = instance
            instance.standbys = standbys
            return instance
        }
    }

    /// What the simulated machine needs of this scenario, for one repeat.
    func clusterSpec(seed: UInt64) -> ClusterSpec {
        var spec = ClusterSpec(
            seed: seed, warmup: warmup, release: release, hosts: [host] + standbyHosts, instances: servers,
            transactions: transactions, tables: tables)
        spec.variants = variants
        for index in spec.instances.indices { spec.instances[index].modelsTables = !tables.isEmpty }
        return spec
    }
}
