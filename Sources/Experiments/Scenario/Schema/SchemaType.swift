import Postgres
import SimTime

/// What a value of a scenario may be. The one description from which checking, `--set`, the published JSON Schema and
/// the reference are made.
indirect enum SchemaType: Sendable {
    case integer(ClosedRange<Int64>)
    /// A number with a fraction; infinite bounds are open ends.
    case real(ClosedRange<Double>)
    case text(TextRule)
    case choice([String])
    /// A string with a unit; checked values are nanoseconds.
    case duration(ClosedRange<Nanoseconds>)
    /// A duration that may be a fraction of a nanosecond.
    case fineDuration(ClosedRange<Double>)
    /// A string with a unit; checked values are bytes.
    case size(ClosedRange<Int64>)
    /// A major release of PostgreSQL, as a number or a string.
    case release
    /// The value of one of PostgreSQL's settings.
    case setting(SettingDefinition)
    case list(SchemaType, count: ClosedRange<Int>)
    /// A list with one type for each position.
    case tuple([SchemaType])
    case object(ObjectSchema)
    /// An object whose keys are names of the user's choice.
    case map(SchemaType)
    /// Alternatives that differ in the kind of JSON value.
    case oneOf([SchemaType])
    /// A part that is used in several places or in itself.
    case definition(SchemaDefinition)
}

/// The parts of the schema that have a name of their own.
enum SchemaDefinition: String, Sendable, CaseIterable {
    case distribution
    case clientGroup
    case transaction
    case table
    case cost
    case settings

    var type: SchemaType {
        switch self {
        case .distribution: .oneOf([DistributionSchema.time, .object(DistributionSchema.object)])
        case .clientGroup: .object(WorkloadSchema.clientGroup)
        case .transaction: .object(WorkloadSchema.transaction)
        case .table: .object(TableSchema.table)
        case .cost: .oneOf([.anyDuration, .object(HostSchema.cost)])
        case .settings: .object(ScenarioSchema.settings)
        }
    }
}

/// Rules for strings that are not chosen from a list.
enum TextRule: String, Sendable {
    /// Any text.
    case prose
    /// One to 100 characters without control characters.
    case name
    /// The path of a file.
    case file
    /// A WAL record's type: resource manager, slash, record.
    case recordType
    /// A comparison and a number with an optional unit.
    case threshold
    /// Numbers of cores and ranges of them.
    case coreList
}

/// The keys of an object.
struct ObjectSchema: Sendable {
    var keys: [SchemaKey]
    /// Of the keys of each group at most one may be given, and at least one if the group is required.
    var groups: [KeyGroup] = []
    /// Whose words the keys are.
    var vocabulary = Vocabulary.scenario

    struct KeyGroup: Sendable {
        var names: [String]
        var isRequired: Bool
    }

    enum Vocabulary: Sendable {
        /// The scenario's: `keys` are all there are.
        case scenario
        /// PostgreSQL's settings in any case: `keys` are those that the reference describes.
        case settings
    }

    /// An object with exactly one of the keys.
    static func oneKey(_ keys: [SchemaKey]) -> ObjectSchema {
        ObjectSchema(keys: keys, groups: [KeyGroup(names: keys.map(\.name), isRequired: true)])
    }
}

/// A key of an object: type, default, meaning.
struct SchemaKey: Sendable {
    var name: String
    var type: SchemaType
    /// A key without a default is left out of the checked tree unless it is given.
    var fallback: JSONNode?
    var isRequired = false
    /// What it means; with the unit where the type does not say it.
    var meaning: String
    /// What holds if the key is left out, where that is no constant.
    var fallbackNote: String?

    /// An optional key.
    static func optional(
        _ name: String, _ type: SchemaType, default fallback: JSONNode? = nil, note: String? = nil, _ meaning: String
    ) -> SchemaKey {
        SchemaKey(name: name, type: type, fallback: fallback, meaning: meaning, fallbackNote: note)
    }

    /// A key that must be given.
    static func required(_ name: String, _ type: SchemaType, _ meaning: String) -> SchemaKey {
        SchemaKey(name: name, type: type, isRequired: true, meaning: meaning)
    }
}

extension SchemaType {
    /// A year: no simulated span or cost is longer.
    static let longestDuration = Nanoseconds.seconds(365 * 24 * 3600)

    /// Zero to a year.
    static let anyDuration = SchemaType.duration(.zero...longestDuration)
    /// More than zero, at most a year.
    static let positiveDuration = SchemaType.duration(Nanoseconds(1)...longestDuration)
    static let distribution = SchemaType.definition(.distribution)
    static let name = SchemaType.text(.name)

    /// The type behind a definition's name.
    var resolved: SchemaType {
        if case .definition(let definition) = self { return definition.type }
        return self
    }
}
