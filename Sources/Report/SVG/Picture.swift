/// One picture: what it shows in a title, how large it is, and its drawing.
struct Picture {
    /// For those who cannot see it, and for a mouse that rests on it.
    let title: String
    let width: Double
    let height: Double
    /// SVG elements in a coordinate system of that size.
    let drawing: Markup

    init(_ title: String, width: Double, height: Double, _ draw: (inout Markup) -> Void) {
        self.title = title
        self.width = width
        self.height = height
        var drawing = Markup()
        draw(&drawing)
        self.drawing = drawing
    }

    /// The element for a page, which has the style and the textures already.
    ///
    /// - Parameter variant: a further class, by which a style sheet may tell pictures apart.
    func inline(_ variant: String = "") -> String {
        var markup = Markup()
        write(to: &markup, className: variant.isEmpty ? "picture" : "picture \(variant)") { _ in }
        return markup.text
    }

    /// A file of its own.
    var file: String {
        var markup = Markup()
        write(to: &markup, className: "picture") { svg in
            svg.element("style", text: PictureStyle.css)
            PictureStyle.writeTextures(to: &svg)
            svg.element("rect", ["class": "paper", "width": px(width), "height": px(height)])
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + markup.text + "\n"
    }

    private func write(to markup: inout Markup, className: String, _ preamble: (inout Markup) -> Void) {
        markup.element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": className, "viewBox": "0 0 \(px(width)) \(px(height))",
                "role": "img",
            ]
        ) { svg in
            svg.element("title", text: title)
            preamble(&svg)
            svg.append(drawing)
        }
    }
}
