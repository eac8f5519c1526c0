/// Numbers as files hold them: shortest digits that read back to the same value, `.` decimal point, any locale.
enum NumberText {
    /// nil for values that no number format can hold (infinities, NaN).
    static func exact(_ value: Double) -> String? {
        guard value.isFinite else { return nil }
        if value == 0 { return "0" }
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
