namespace RagCaching.AspNetCore.Tests.Browser;

/// <summary>Finds texts of a page that are hard to read in front of their background.</summary>
internal static class ContrastScript
{
    public const string Text = """
        () => {
          const parse = text => (text.match(/[\d.]+/g) || []).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const backOf = element => {
            for (let at = element; at; at = at.parentElement) {
              const color = parse(getComputedStyle(at).backgroundColor);
              if (color.length === 3 || color[3] > 0) return color;
            }
            return [255, 255, 255];
          };
          const faults = [];
          for (const element of document.querySelectorAll('body *')) {
            const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
            if (!own || !element.checkVisibility() || ['SCRIPT', 'STYLE'].includes(element.tagName)) continue;
            const style = getComputedStyle(element);
            const [a, b] = [light(parse(element instanceof SVGElement ? style.fill : style.color)), light(backOf(element))];
            const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (contrast < 4.5) faults.push(element.tagName + ' "' + element.textContent.trim().slice(0, 30) + '": ' + contrast.toFixed(2));
          }
          return faults;
        }
        """;
}
