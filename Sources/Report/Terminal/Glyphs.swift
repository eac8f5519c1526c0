/// The characters that drawings are made of: block elements, or what stands for them where they cannot be shown.
struct Glyphs: Sendable {
    /// Bars in eighths of a column from empty to full; the ASCII set knows halves.
    var steps: [String]
    var from: String
    var separator: String
    var ellipsis: String
    var met: String
    var missed: String

    static let unicode = Glyphs(
        steps: ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], from: "←", separator: " · ", ellipsis: "…", met: "✓",
        missed: "✗")
    static let ascii = Glyphs(
        steps: ["", ".", "#"], from: "<-", separator: ", ", ellipsis: "..", met: "ok", missed: "MISSED")

    /// A bar of `fraction` of `width` columns. What is more than nothing shows at least the smallest step.
    func bar(_ fraction: Double, width: Int) -> String {
        guard width > 0, fraction > 0 else { return "" }
        let resolution = steps.count - 1
        let parts = Int((min(fraction, 1) * Double(width * resolution)).rounded())
        let (full, rest) = max(parts, 1).quotientAndRemainder(dividingBy: resolution)
        return String(repeating: steps[resolution], count: full) + steps[rest]
    }
}
