/// A setting's value and where it was given.
struct GivenSetting: Sendable {
    var value: SettingValue
    /// The postgresql.conf; nil: the scenario.
    var file: String?
    /// The setting in the scenario, or the line in the file.
    var path: SchemaPath
    /// Such as ` in line 4`; empty for a postgresql.conf, whose path is the line.
    var place: String
}

extension SettingDefinition {
    /// A value as SHOW prints it: in the largest unit that divides it (guc.c, convert_int_from_base_unit).
    func shown(_ value: SettingValue) -> String {
        switch (value, type) {
        case (.bool(let value), _): return value ? "on" : "off"
        case (.text(let value), _): return value
        case (.real(let value), _): return JSONNode.real(value).inlineText
        case (.integer(let value), .integer(let unit?, _)) where value > 0:
            let whole = unit.conversions.first { (Double(value) / $0.factor).rounded() * $0.factor == Double(value) }
            guard let whole else { return "\(value)" }
            return "\(Int((Double(value) / whole.factor).rounded()))\(whole.name)"
        case (.integer(let value), _): return "\(value)"
        }
    }
}
