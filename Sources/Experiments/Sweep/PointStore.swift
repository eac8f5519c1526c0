import Foundation

/// Where the finished points of a sweep are kept, so that the same command goes on where it was interrupted.
///
/// One JSON file a point, named after a hash of all that its result depends on: the canonical scenario, seed, repeats
/// and the model's version. A file appears whole, by renaming, or not at all.
public struct PointStore: Sendable {
    /// The folder of the files; it is made when the first point is kept.
    public let folder: String
    /// What the model is; a point of another model is not used.
    private let modelVersion: String

    /// A store in `folder`. `modelVersion` is by default that of this program.
    public init(folder: String, modelVersion: String = ModelVersion.current) {
        self.folder = folder
        self.modelVersion = modelVersion
    }

    /// The repeats of a point that has been finished before; nil if there is none, or none that is whole.
    public func finished(_ scenario: Scenario) -> [RepeatMetrics]? {
        guard let data = FileManager.default.contents(atPath: path(of: scenario)),
            let tree = try? JSONParser.parse([UInt8](data)), case .string(identity(scenario)) = tree["point"]?.kind,
            let names = tree["metrics"]?.elements?.map(\.canonicalText),
            names == Metric.all.map({ jsonQuoted($0.name) }), let rows = tree["repeats"]?.elements
        else { return nil }
        let repeats = rows.compactMap(Self.repeatMetrics)
        guard repeats.map(\.seed) == (0..<scenario.repeats).map({ scenario.seed &+ UInt64($0) }) else { return nil }
        return repeats
    }

    /// Keeps a finished point. Throws what the file system says.
    public func keep(_ repeats: [RepeatMetrics], of scenario: Scenario) throws {
        let tree = JSONNode.object([
            "point": .string(identity(scenario)),
            "metrics": .array(Metric.all.map { .string($0.name) }),
            "repeats": .array(repeats.map(Self.node)),
        ])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(tree.indentedText().utf8).write(to: URL(fileURLWithPath: path(of: scenario)), options: .atomic)
    }

    private func identity(_ scenario: Scenario) -> String {
        "\(scenario.canonicalHash) seed \(scenario.seed) repeats \(scenario.repeats) model \(modelVersion)"
    }

    private func path(of scenario: Scenario) -> String {
        "\(folder)/\(FNV1a.digits(of: identity(scenario))).json"
    }

    /// `[seed, value, ...]`, the seed as a string: it may have more bits than a number keeps.
    private static func node(_ metrics: RepeatMetrics) -> JSONNode {
        .array([.string(String(metrics.seed))] + metrics.values.map { $0.map(JSONNode.real) ?? JSONNode(.null) })
    }

    private static func repeatMetrics(_ node: JSONNode) -> RepeatMetrics? {
        guard let elements = node.elements, elements.count == Metric.all.count + 1,
            case .string(let text) = elements[0].kind, let seed = UInt64(text)
        else { return nil }
        let values = elements.dropFirst().map { node -> Double? in
            if case .number(let text) = node.kind { Double(text) } else { nil }
        }
        return RepeatMetrics(seed: seed, values: values)
    }
}

/// What the model is: results of different versions must not be mixed.
public enum ModelVersion {
    /// The release and a hash of the running program: any rebuild may have changed the model.
    public static let current = Walsim.version + "-" + programHash

    private static var programHash: String {
        guard let path = Bundle.main.executablePath,
            let program = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        else { return "unknown" }
        // Eight bytes at a time: programs are large. So this is no FNV-1a, and folds the upper half in for itself.
        let hash = program.withUnsafeBytes { bytes in
            var hash = FNV1a.basis
            for offset in stride(from: 0, to: bytes.count - bytes.count % 8, by: 8) {
                hash = (hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* FNV1a.prime
                hash ^= hash >> 32
            }
            return hash
        }
        return FNV1a.digits(hash)
    }
}
