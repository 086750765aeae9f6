namespace Resilience.Reports.Collecting;

/// <summary>Adds parameters to an address that may have some already.</summary>
internal static class Query
{
    internal static Uri With(string uri, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var address = new UriBuilder(uri);
        var query = address.Query.TrimStart('?');
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                query += $"{(query.Length == 0 ? "" : "&")}{name}={Uri.EscapeDataString(value)}";
            }
        }

        address.Query = query;
        return address.Uri;
    }
}
