import Experiments
import Mustache

/// What a page says, ready for the template: every report is one of these.
///
/// Names of stored properties are those that Templates/page.mustache uses.
struct HTMLPage {
    /// A figure that people quote.
    struct Tile {
        var label: String
        var value: String
        var interval = ""
        /// `bad` or nothing.
        var status = ""
    }

    struct Section {
        var heading: String
        var figures: [Figure] = []
        var tables: [Table] = []
        /// Sentences below them.
        var remarks: [String] = []
        var isEmpty: Bool { figures.isEmpty && tables.isEmpty }
    }

    /// A picture with what a reader needs to read it.
    struct Figure {
        var title: String
        var caption: String
        /// SVG elements, one for each width that the page may have.
        var picture: String
        /// `wide` across the page, or nothing.
        var shape = ""
        /// Nil: the picture names its colours itself.
        var key: Key?
    }

    struct Key {
        struct Entry {
            var name: String
            var remark: String
            var swatch: String

            init(_ name: String, _ ink: Ink, _ remark: String = "") {
                self.name = name
                self.remark = remark
                var markup = Markup()
                let size: KeyValuePairs = ["width": "14", "height": "14", "class": ink.fill]
                markup.element("rect", size)
                if let texture = ink.texture {
                    markup.element("rect", ["width": "14", "height": "14", "fill": "url(#\(texture))"])
                }
                swatch = markup.text
            }
        }
        var entries: [Entry]
    }

    struct Table {
        struct Column {
            var name: String
            var alignment: String
            static func text(_ name: String) -> Column { Column(name: name, alignment: "") }
            static func number(_ name: String) -> Column { Column(name: name, alignment: "number") }
        }
        struct Cell {
            var text: String
            var alignment = ""
            var status = ""
        }
        struct Row { var cells: [Cell] }
        var caption: String
        var columns: [Column]
        var rows: [Row] = []

        mutating func append(_ texts: [String], status: String = "") {
            rows.append(
                Row(cells: zip(texts, columns).map { Cell(text: $0, alignment: $1.alignment, status: status) }))
        }
    }

    struct Fact {
        var name: String
        var value: String
    }

    /// What kind of report it is.
    var kind: String
    var title: String
    var facts: String
    var description: String?
    var findings: [String]
    var warnings: [String] = []
    var tiles: [Tile] = []
    var tilesRemark: String?
    var sections: [Section]
    var provenance: [Fact]

    /// The file's text: one page with nothing outside it.
    func html() -> String {
        let text = PageTemplate.render(Context(self))
        // Neither HTML nor XML can express the other control characters.
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 >= " " || $0 == "\n" || $0 == "\t" }))
    }

    /// The page beside what all pages have.
    fileprivate struct Context {
        let kind, title, facts: String
        let description: String?
        let findings, warnings: [String]
        let tiles: [Tile]
        let hasTiles: Bool
        let tilesRemark: String?
        let sections: [Section]
        let provenance: [Fact]
        let version = Walsim.version
        let style: String
        let textures: String

        init(_ page: HTMLPage) {
            (kind, title, facts, description) = (page.kind, page.title, page.facts, page.description)
            (findings, warnings) = (page.findings, page.warnings)
            (tiles, hasTiles, tilesRemark) = (page.tiles, !page.tiles.isEmpty, page.tilesRemark)
            sections = page.sections.filter { !$0.isEmpty }
            provenance = page.provenance
            style = PageTemplate.css + PictureStyle.css
            var markup = Markup()
            PictureStyle.writeTextures(to: &markup)
            textures = markup.text
        }
    }
}

/// The template and the style sheet, which the binary carries.
private enum PageTemplate {
    static let css = String(decoding: PackageResources.page_css, as: UTF8.self)

    // The template is part of the program: a test renders it.
    private static let template = try! MustacheTemplate(
        string: String(decoding: PackageResources.page_mustache, as: UTF8.self))

    static func render(_ context: Any) -> String { template.render(context) }
}
