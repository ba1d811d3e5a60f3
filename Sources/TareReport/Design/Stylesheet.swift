import TareCore

/// The style of pages and of charts that stand alone.
enum Stylesheet {
    /// The rules of charts: classes only, colours through custom properties.
    static let chart: String = {
        let owners = Owner.allCases.map(\.rawValue) + ["unsplit"]
        var rules = owners.map { "svg .f-\($0){fill:var(--\($0))}svg .on-\($0){fill:var(--on-\($0))}" }
        for index in Theme.light.sequence.indices { rules.append("svg .q\(index){fill:var(--q\(index))}") }
        return rules.joined(separator: "\n") + "\n" + fixedChartRules
    }()

    private static let fixedChartRules = """
        svg text{fill:var(--ink);font:12px system-ui,sans-serif;font-variant-numeric:tabular-nums}
        svg .small{font-size:11px}
        svg .strong{font-weight:600}
        svg .quiet{fill:var(--muted)}
        svg .mid{text-anchor:middle}
        svg .end{text-anchor:end}
        svg .halo{paint-order:stroke;stroke:var(--bg);stroke-width:4px;stroke-linejoin:round}
        svg .on-platform{paint-order:stroke;stroke:var(--platform);stroke-width:4px}
        svg .on-writable{paint-order:stroke;stroke:var(--writable);stroke-width:4px}
        svg .axis{stroke:var(--ink);stroke-width:1;fill:none}
        svg .grid{stroke:var(--rule);stroke-width:1;fill:none}
        svg .line{stroke:var(--ink);stroke-width:2;fill:none;stroke-linejoin:round}
        svg .thin{stroke:var(--ink);stroke-width:1;fill:none}
        svg .quiet-line{stroke:var(--muted);stroke-width:2;fill:none;stroke-linejoin:round}
        svg .modelled{stroke-dasharray:6 3}
        svg .gap{stroke:var(--bg);stroke-width:2}
        svg .hatch{fill:url(#tare-hatch)}
        svg .dots{fill:url(#tare-dots)}
        svg .bandfill{fill:url(#tare-band)}
        svg .bandline{stroke:var(--ink);stroke-width:1.5;fill:none}
        svg .spread{fill:var(--ink);opacity:.16}
        svg .spread-quiet{fill:var(--muted);opacity:.2}
        svg .i95{stroke:var(--muted);stroke-width:4;opacity:.45}
        svg .i80{stroke:var(--muted);stroke-width:7;opacity:.6}
        svg .i50{stroke:var(--muted);stroke-width:11;opacity:.8}
        svg .ink{fill:var(--ink)}
        svg .quiet-fill{fill:var(--muted)}
        svg .ring{fill:var(--bg);stroke:var(--ink);stroke-width:2}
        svg .page{fill:var(--bg)}
        svg .cut{stroke:var(--bg);stroke-width:3.5;fill:none;stroke-linecap:round;stroke-linejoin:round}
        svg .stroke{stroke:var(--ink);stroke-width:3;fill:none;stroke-linecap:round}
        svg .slack{fill:var(--surface);stroke:var(--muted);stroke-width:1}
        svg .hatch-stroke{stroke:var(--bg);stroke-width:2}
        svg .dot-fill{fill:var(--bg)}
        svg .band-stroke{stroke:var(--ink);stroke-width:1;opacity:.55}
        """

    /// The rules of pages.
    static let page = """
        :root{color-scheme:light dark;\(Theme.light.declarations)}
        @media (prefers-color-scheme:dark){:root:not([data-theme=light]){\(Theme.dark.declarations)}}
        :root[data-theme=dark]{color-scheme:dark;\(Theme.dark.declarations)}
        :root[data-theme=light]{color-scheme:light}
        \(fixedPageRules)
        \(variantRules)
        \(chart)
        \(mediaRules)
        """

    /// The colours of a chart that stands alone.
    static let standalone = """
        :root{\(Theme.light.declarations)}
        @media (prefers-color-scheme:dark){:root{\(Theme.dark.declarations)}}
        \(chart)
        """

    /// How many alternatives one figure may have.
    static let variantLimit = 12

    private static let variantRules: String = {
        let shown = (0..<variantLimit).map { ".v\($0):checked~.panels>.p\($0)" }.joined(separator: ",")
        let chosen = (0..<variantLimit).map { ".v\($0):checked~.choices>.c\($0)" }.joined(separator: ",")
        let focused = (0..<variantLimit).map { ".v\($0):focus-visible~.choices>.c\($0)" }.joined(separator: ",")
        return """
            .panels>*{display:none}
            \(shown){display:block}
            \(chosen){background:var(--ink);color:var(--bg);border-color:var(--ink)}
            \(focused){outline:3px solid var(--link);outline-offset:2px}
            """
    }()

    private static let fixedPageRules = """
        *{box-sizing:border-box}
        html{scroll-behavior:smooth;scroll-padding-top:1rem}
        body{margin:0;background:var(--bg);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",sans-serif;
        font-variant-numeric:tabular-nums;overflow-wrap:break-word}
        main,header,footer{max-width:70rem;margin:0 auto;padding:0 1.25rem}
        p,li,dd{max-width:72ch}
        h1,h2,h3{font-weight:650;line-height:1.25;text-wrap:balance}
        h1{font-size:1.5rem;margin:2rem 0 .25rem}
        h2{font-size:1.5rem;margin:3.5rem 0 .75rem;padding-top:1rem;border-top:2px solid var(--ink)}
        h3{font-size:1rem;margin:0 0 .25rem}
        a{color:var(--link);text-underline-offset:.15em}
        :focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
        .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--bg);padding:.5rem;z-index:2}
        .muted,figcaption,.note{color:var(--muted)}
        .small,small,table,figcaption,.note,.badge,.choice,nav,footer,pre,summary{font-size:.875rem}
        nav ol{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;list-style:none;padding:0;margin:.75rem 0}
        nav li{max-width:none}
        .banner{border:2px solid var(--ink);padding:.6rem 1rem;margin:1rem 0;border-radius:4px}
        .card{border:1px solid var(--muted);border-radius:8px;padding:1.25rem 1.5rem;margin:1.25rem 0}
        .card blockquote{margin:0 0 .5rem;padding:0;font-size:1rem;color:var(--muted)}
        .verdict{display:flex;align-items:center;gap:.75rem;font-size:1.5rem;font-weight:700;margin:.25rem 0;flex-wrap:wrap}
        .verdict svg{width:2.25rem;height:2.25rem;flex:none}
        .verdict .number{margin-left:auto;text-align:right}
        .verdict .number span{display:block;font-size:.875rem;font-weight:400;color:var(--muted)}
        .says{margin:.5rem 0 1rem}
        .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:.75rem 2rem;margin:1rem 0 0}
        .facts h4{margin:0;font-size:.875rem;color:var(--muted);font-weight:600}
        .facts p,.facts ul{margin:.15rem 0 0;padding-left:0}.facts ul{padding-left:1.1rem}
        .badge{display:inline-flex;align-items:center;gap:.35rem;border:1px solid var(--muted);border-radius:999px;
        padding:.05rem .6rem;margin:.1rem .35rem .1rem 0;white-space:nowrap}
        .badge svg{width:.75rem;height:.75rem;flex:none}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:1rem;margin:1rem 0}
        .tile{background:var(--surface);border-radius:8px;padding:.9rem 1.1rem}
        .tile .badge{margin-top:.4rem}.tile b{display:block;font-size:1.5rem;line-height:1.3}
        .tile>span:not(.badge){display:block;font-size:.875rem;color:var(--muted)}
        figure{margin:2.25rem 0;padding:0}
        figcaption{max-width:72ch;margin:0 0 .75rem}
        .charts{display:flex;flex-wrap:wrap;gap:1.25rem 2rem;align-items:flex-start}
        .chart{flex:1 1 25rem;min-width:0;overflow-x:auto}
        .chart.half{max-width:33rem}.chart.third{flex:1 1 17rem;max-width:21rem}
        .chart svg{display:block;width:100%;height:auto;min-width:21rem}
        .chart.third svg{min-width:15rem}
        .chart.wide{flex-basis:100%}.chart.wide svg{min-width:34rem;max-width:62rem}
        .chart p{margin:0 0 .25rem;font-size:.875rem;font-weight:600}
        .legend{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;padding:0;margin:.25rem 0 .75rem;list-style:none;font-size:.875rem}
        .legend li{display:flex;align-items:center;gap:.4rem}
        .legend svg{width:1.1rem;height:.9rem;flex:none}
        .variant{position:absolute;opacity:0;width:1px;height:1px}
        .choices{display:flex;flex-wrap:wrap;gap:.35rem;margin:.5rem 0 .75rem;align-items:center}
        .choices>span{font-size:.875rem;color:var(--muted)}
        .choice{border:1px solid var(--muted);border-radius:999px;padding:.15rem .8rem;cursor:pointer}
        details{margin:.75rem 0}summary{cursor:pointer;color:var(--link);width:fit-content}
        .scroll{overflow-x:auto;max-height:32rem;overflow-y:auto}
        table{border-collapse:collapse;margin:.5rem 0}
        th,td{text-align:left;padding:.28rem .8rem .28rem 0;border-bottom:1px solid var(--rule);vertical-align:baseline}
        thead th{border-bottom:2px solid var(--ink);vertical-align:bottom;position:sticky;top:0;background:var(--bg)}
        td.n,th.n{text-align:right}
        caption{text-align:left;color:var(--muted);padding-bottom:.25rem}
        th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-decoration:underline dotted}
        dl.kv{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.2rem 1.25rem;margin:.5rem 0;font-size:.875rem}
        dl.kv dt{color:var(--muted)}dl.kv dd{margin:0}
        pre{background:var(--surface);padding:.75rem 1rem;border-radius:6px;overflow:auto;max-height:28rem;line-height:1.45}
        code,pre{font-family:ui-monospace,"DejaVu Sans Mono",monospace}
        dfn,a.term{font-style:normal;text-decoration:underline dotted;color:inherit}
        .downloads button{font:inherit;font-size:.875rem;padding:.3rem .9rem;border:1px solid var(--ink);border-radius:6px;
        background:var(--bg);color:var(--ink);cursor:pointer;margin-right:.5rem}
        .js .nojs,html:not(.js) .needs-js{display:none}
        .defs{position:absolute;width:0;height:0}
        .broad{grid-column:1/-1}
        .verdict{margin:.75rem 0}
        .card figure{margin:1rem 0}
        .print-only{display:none}
        .controls{display:flex;flex-wrap:wrap;gap:.5rem 1rem;margin:.5rem 0 .75rem;font-size:.875rem}
        .controls label{display:flex;align-items:center;gap:.4rem;color:var(--muted)}
        .controls select{font:inherit;color:var(--ink);background:var(--bg);border:1px solid var(--muted);
        border-radius:6px;padding:.25rem .5rem;max-width:14rem}
        .controls button,#theme{font:inherit;font-size:.875rem;padding:.25rem .8rem;border:1px solid var(--muted);
        border-radius:6px;background:var(--bg);color:var(--ink);cursor:pointer}
        table.heat td{padding:.3rem .6rem;border:2px solid var(--bg);color:var(--ink)}
        table.heat td.inside{border:2px solid var(--ink);font-weight:700}
        table.heat thead th{position:static}
        \(heatRules)
        .lecture figure{min-height:92vh}.lecture figure h3{font-size:1.5rem}.lecture section>h2{margin-top:2rem}
        footer{margin-top:3rem;padding-bottom:3rem;color:var(--muted)}
        #tip{position:fixed;pointer-events:none;background:var(--ink);color:var(--bg);font-size:.875rem;padding:.2rem .55rem;
        border-radius:4px;max-width:20rem;z-index:3}
        [data-tip]:focus{outline:none}svg [data-tip]:focus-visible{stroke:var(--link);stroke-width:3px}
        """

    private static let heatRules = Theme.light.sequence.indices
        .map { "td.q\($0){background:var(--q\($0))}" }.joined()

    private static let mediaRules = """
        @media (max-width:40rem){main,header,footer{padding:0 .9rem}.card{padding:1rem}h1,h2,.verdict,.tile b{font-size:1.25rem}
        .verdict .number{margin-left:0;text-align:left;flex-basis:100%}dl.kv{grid-template-columns:1fr}dl.kv dd{margin-bottom:.4rem}}
        @media (prefers-reduced-motion:reduce){*{scroll-behavior:auto;transition:none;animation:none}}
        @media (forced-colors:active){:root{--bg:Canvas;--ink:CanvasText;--muted:CanvasText;--rule:GrayText;--link:LinkText;
        --surface:Canvas}svg{forced-color-adjust:none}svg .gap{stroke:CanvasText;stroke-width:1}
        .choice,.badge,.card,.tile{border:1px solid CanvasText}}
        @media print{:root,:root[data-theme=dark]{color-scheme:light;\(Theme.light.declarations)}body{font-size:10pt}
        h2{break-before:page;break-after:avoid}h2:first-of-type{break-before:auto}figure,.card,tr{break-inside:avoid}
        nav,.choices,.downloads,.skip,.needs-js{display:none}a{color:inherit}.scroll,pre{max-height:none;overflow:visible}
        .panels>*{display:block}.print-only{display:block}#dataset,.controls,#theme{display:none}
        .lecture figure{break-before:page;min-height:0}
        details.raw{display:none}thead th{position:static}}
        """
}
