/// The style sheet and the textures that pictures refer to: once in a page, or inside a picture that stands alone.
enum PictureStyle {
    /// Rules for both colour schemes; printing takes the light one.
    static var css: String {
        let light = rules { $0.light } + frame(ink: "#1c2430", faint: "#5b6675", grid: "#e3e7ec", paper: "#ffffff")
        let dark = rules { $0.dark } + frame(ink: "#e6eaf0", faint: "#a3aebd", grid: "#333b47", paper: "#161b22")
        return fixed + light + "@media screen and (prefers-color-scheme: dark) {\(dark)}\n"
    }

    private static func rules(_ colour: ((light: String, dark: String)) -> String) -> String {
        let inks = Ink.Hue.allCases.flatMap { hue in (0..<Ink.shades).map { Ink(hue, shade: $0) } }
        return inks.map { ink in
            let colour = colour(ink.colours)
            return ".\(ink.fill){fill:\(colour)}.\(ink.stroke){stroke:\(colour)}"
        }.joined(separator: "\n") + "\n"
    }

    private static func frame(ink: String, faint: String, grid: String, paper: String) -> String {
        """
        .picture text{fill:\(faint)} .picture .strong{fill:\(ink)} .picture .grid{stroke:\(grid)}
        .picture .axis{stroke:\(faint)} .picture .cores{stroke:\(ink)} .picture .edge{stroke:\(paper)}
        .picture .halo{stroke:\(paper)} .picture .best{stroke:\(ink)}
        .picture .paper{fill:\(paper)} .picture .band{fill:\(grid)}

        """
    }

    private static let fixed = """
        .picture{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-size:12px}
        .picture .strong{font-weight:600} .picture .end{text-anchor:end} .picture .middle{text-anchor:middle}
        .picture .grid,.picture .axis{stroke-width:1;fill:none} .picture .edge{stroke-width:.35}
        .picture .cores{stroke-width:1.6;stroke-dasharray:7 4;fill:none}
        .picture .phase{stroke-width:1;stroke-dasharray:2 3}
        .picture .line{stroke-width:2;fill:none;stroke-linejoin:round} .picture .solid{stroke-linecap:round}
        .picture .dashed{stroke-dasharray:6 3} .picture .dotted{stroke-dasharray:2 3}
        .picture .halo{stroke-width:3;stroke-linejoin:round;paint-order:stroke}
        .picture .faint{fill-opacity:.25} .picture .best{stroke-width:2.5}

        """

    /// The textures; each identifier may occur once in a document.
    static func writeTextures(to markup: inout Markup) {
        markup.element("defs") { defs in
            texture("rising", "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4", to: &defs)
            texture("falling", "M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4", to: &defs)
            texture("crossed", "M0,0 l8,8 M0,8 l8,-8", to: &defs)
            texture("upright", "M4,0 v8", to: &defs)
            texture("dots", "M3.2,4 a.8,.8 0 1 0 1.6,0 a.8,.8 0 1 0 -1.6,0", to: &defs)
        }
    }

    private static func texture(_ name: String, _ path: String, to defs: inout Markup) {
        defs.element(
            "pattern", ["id": "texture-" + name, "width": "8", "height": "8", "patternUnits": "userSpaceOnUse"]
        ) {
            $0.element(
                "path",
                ["d": path, "stroke": "#ffffff", "stroke-opacity": ".38", "stroke-width": "1.3", "fill": "none"])
        }
    }
}
