import Foundation
import Testing

@Suite("Modules import downward only")
struct ImportTests {
    /// What each target may import of this package and of its libraries.
    static let allowed: [String: Set<String>] = [
        "SimTime": [],
        "WaitEvents": [],
        "DiscreteEvent": ["CContext", "SimTime"],
        "Statistics": ["CGSL", "SimTime", "Histogram"],
        "Postgres": ["SimTime", "WaitEvents"],
        "Instrumentation": ["Statistics", "SimTime", "WaitEvents"],
        "HostModel": ["Postgres", "DiscreteEvent", "Statistics", "Instrumentation", "SimTime", "WaitEvents"],
        "Threads": ["Postgres", "Instrumentation", "Statistics", "SimTime", "WaitEvents", "Atomics"],
        "Experiments": [
            "HostModel", "Postgres", "DiscreteEvent", "Statistics", "Instrumentation", "SimTime", "WaitEvents",
            "BundledScenarios", "SwiftCSV",
        ],
        "LiveServer": ["CLibPQ", "Experiments", "SimTime"],
        "Report": ["Experiments", "Instrumentation", "Statistics", "Postgres", "SimTime", "WaitEvents", "Mustache"],
    ]
    /// What comes with the toolchain, where a target may use it.
    static let system: Set<String> = ["Foundation", "Dispatch", "Synchronization", "Glibc", "Darwin", "Musl"]
    /// Targets at the bottom use nothing of the system: no files, no wall clock, no threads.
    static let pure: Set<String> = [
        "SimTime", "WaitEvents", "DiscreteEvent", "Postgres", "Instrumentation", "HostModel",
    ]

    @Test("Every import of every target is one that the architecture allows", arguments: allowed.keys.sorted())
    func importsAreAllowed(_ target: String) throws {
        let repository = Repository()
        let files = repository.files(below: "Sources/" + target, suffix: ".swift")
        #expect(!files.isEmpty)
        for file in files {
            for module in try imports(of: repository.text(file)) {
                let isSystem = Self.system.contains(module) && !Self.pure.contains(target)
                #expect(isSystem || Self.allowed[target]!.contains(module), "\(file) imports \(module)")
            }
        }
    }

    private func imports(of source: String) -> [String] {
        source.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
                words[..<index].allSatisfy({ $0.hasPrefix("@") || $0 == "public" || $0 == "internal" })
            else { return nil }
            // `import struct Module.Name` names the module after the kind.
            let name = index + 2 < words.count ? words[index + 2] : words[index + 1]
            return String(name.split(separator: ".")[0])
        }
    }
}
