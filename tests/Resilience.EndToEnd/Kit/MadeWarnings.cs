using System.Globalization;
using System.Net;
using System.Text;

namespace Resilience.EndToEnd.Kit;

/// <summary>Warnings of an authority that does not exist, as an Atom list of CAP messages over HTTP: one around Punakha in two languages, one that names its area by a code that nobody here knows.</summary>
public sealed class MadeWarnings : IDisposable
{
    private readonly LocalHttp _http;
    private readonly DateTimeOffset _sent = TimeProvider.System.GetUtcNow().AddMinutes(-20);

    /// <summary>Begins to answer.</summary>
    public MadeWarnings() => _http = new LocalHttp(AnswerAsync);

    /// <summary>Where it lies.</summary>
    public string Address => $"{_http.Origin}/warnings.atom";

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task AnswerAsync(HttpListenerContext exchange)
    {
        const string Around = "<polygon>27.5,89.8 27.5,89.95 27.65,89.95 27.65,89.8 27.5,89.8</polygon>";
        const string Nowhere = "<geocode><valueName>EMMA_ID</valueName><value>BT001</value></geocode>";
        var atom = $"<feed xmlns='http://www.w3.org/2005/Atom'><id>x</id>"
            + Entry("flood", Info("en", "Flood Warning", "The Mo Chhu is rising", "Move to higher ground.", Around), Info("dz", "Flood Warning", "མོ་ཆུ་ཆུ་ལོག", "ས་མཐོ་སར་སོང་།", Around))
            + Entry("wind", Info("en", "Strong Winds", "Gusts in the passes", "Tie down roofs.", Nowhere)) + "</feed>";
        exchange.Response.ContentType = "application/atom+xml";
        await exchange.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(atom));
        exchange.Response.Close();
    }

    private string Entry(string identifier, params string[] infos) =>
        $"<entry><id>{identifier}</id><content type='text/xml'><alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>{identifier}</identifier><sender>office@example.org</sender><sent>{Time(_sent)}</sent>"
        + $"<status>Actual</status><msgType>Alert</msgType><scope>Public</scope>{string.Concat(infos)}</alert></content></entry>";

    private string Info(string language, string what, string headline, string instruction, string where) =>
        $"<info><language>{language}</language><category>Met</category><event>{what}</event><urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty><expires>{Time(_sent.AddHours(6))}</expires>"
        + $"<senderName>Office of the Test</senderName><headline>{headline}</headline><description>{headline}.</description><instruction>{instruction}</instruction><area><areaDesc>Punakha valley</areaDesc>{where}</area></info>";

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "-00:00";
}
