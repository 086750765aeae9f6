using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Observations.Storing;
using Resilience.Storage.HandingOver;

namespace Resilience.Observations.Bulletins;

/// <summary>
/// Stores announcements within a step: new messages become rows, known ones are marked as still listed, threads that meet are joined, and
/// every thread that changed is handed over. The same again changes nothing.
/// </summary>
internal static class StoreBulletins
{
    private const int MostFindings = 50;

    /// <summary>Stores; returns how many messages were usable, new or not.</summary>
    internal static async Task<int> StoreAsync(Step<ObservationsDb> step, Feed feed, ParsedPayload parsed, AreaCodes codes, CancellationToken cancellationToken)
    {
        var bulletins = parsed.Bulletins.Where(bulletin => !feed.HoldBackFuture || bulletin.Sent + feed.TimeShift <= step.Now).ToList();
        if (bulletins.Count == 0)
        {
            return parsed.Bulletins.Count;
        }

        await IObservationRows.For(step.Db).LockAsync($"bulletins:{feed.Id}", cancellationToken);
        var (threadOf, touched) = await ThreadNames.JoinAsync(step, feed, bulletins, cancellationToken);
        var outside = LeaveOutside.Of(feed, codes);
        var rows = bulletins.SelectMany(bulletin => ToRows(feed, bulletin, threadOf[bulletin.Identifier], codes, outside, parsed, step.Now)).GroupBy(row => row.Bulletin.Id).Select(same => same.First()).ToList();
        var ids = rows.Select(row => row.Bulletin.Id).ToList();
        await step.Db.Bulletins.Where(row => EF.Parameter(ids).Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastListed, step.Now), cancellationToken);
        var known = (await step.Db.Bulletins.Where(row => EF.Parameter(ids).Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet();
        var fresh = rows.Where(row => !known.Contains(row.Bulletin.Id)).ToList();
        await KeepRawAsync(step.Db, fresh, cancellationToken);
        step.Db.Bulletins.AddRange(fresh.Select(row => row.Bulletin));
        await step.Db.SaveChangesAsync(cancellationToken);
        touched.UnionWith(await ConcerningAsync(step.Db, [.. fresh.Select(row => row.Bulletin.Thread).Distinct()], cancellationToken));
        foreach (var thread in touched.Order())
        {
            step.HandOver(ObservationTopics.BulletinStored, thread.ToString());
        }

        return parsed.Bulletins.Count;
    }

    /// <summary>The answer was the same as the one before: what stood in that is still listed. Matters only to bulletins without an end.</summary>
    internal static Task StillListedAsync(Step<ObservationsDb> step, Feed before, CancellationToken cancellationToken) => before.LastGood is not { } listed ? Task.CompletedTask
        : step.Db.Bulletins.Where(row => row.FeedId == before.Id && row.Expires == null && row.LastListed == listed)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastListed, step.Now), cancellationToken);

    /// <summary>True while anything the feed announced is neither withdrawn nor over.</summary>
    internal static async Task<bool> AnyStandsAsync(ObservationsDb db, string feedId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var threads = db.Bulletins.Where(row => row.FeedId == feedId && (row.Expires == null || row.Expires > now)).Select(row => row.Thread);
        var rows = await db.Bulletins.AsNoTracking().Where(row => row.FeedId == feedId && threads.Contains(row.Thread)).ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.Thread).Any(thread => JudgeThread.Standing(thread).Any(row => row.StandsUntil > now));
    }

    /// <summary>What tells one content from another.</summary>
    internal static string HashOf(ParsedBulletin bulletin) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{bulletin.Status} {bulletin.MsgType} {bulletin.Raw ?? JsonSerializer.Serialize(bulletin.Parts.Select(part => (part.Kind, part.Event, part.Severity, part.Expires)))}")));

    // A thread of which everything lies outside the feed's area is nobody's business down the chain.
    private static Task<List<Guid>> ConcerningAsync(ObservationsDb db, List<Guid> threads, CancellationToken cancellationToken) =>
        db.Bulletins.Where(row => EF.Parameter(threads).Contains(row.Thread) && !row.Outside).Select(row => row.Thread).Distinct().ToListAsync(cancellationToken);

    private static IEnumerable<(Bulletin Bulletin, string? Raw)> ToRows(Feed feed, ParsedBulletin bulletin, Guid thread, AreaCodes codes, LeaveOutside outside, ParsedPayload parsed, DateTimeOffset now)
    {
        var hash = HashOf(bulletin);
        var raw = bulletin.Raw is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bulletin.Raw)));
        for (var i = 0; i < bulletin.Parts.Count; i++)
        {
            var part = bulletin.Parts[i];
            var (area, unknown) = AreaOf(part, codes);
            yield return (new Bulletin
            {
                Id = StableId.From("observations.bulletin", feed.Id, bulletin.Identifier, FormattableString.Invariant($"{bulletin.Edition} {bulletin.Revised.UtcTicks}"), hash, FormattableString.Invariant($"{i}")),
                FeedId = feed.Id,
                Thread = thread,
                Identifier = Clean(bulletin.Identifier),
                Edition = bulletin.Edition,
                Revised = bulletin.Revised + feed.TimeShift,
                ContentHash = hash,
                Part = i,
                MsgType = bulletin.MsgType,
                Status = bulletin.Status,
                ReplacesThread = bulletin.ReplacesThread,
                RefersTo = JsonSerializer.Serialize(bulletin.References.Select(reference => reference.Identifier)),
                Sender = Clean(bulletin.Sender),
                Authority = Clean(bulletin.Authority),
                Sent = bulletin.Sent + feed.TimeShift,
                Kind = part.Kind,
                Event = Clean(part.Event),
                Urgency = part.Urgency,
                Severity = part.Severity,
                Certainty = part.Certainty,
                Effective = part.Effective + feed.TimeShift,
                Onset = part.Onset + feed.TimeShift,
                Expires = part.Expires + feed.TimeShift,
                Texts = JsonSerializer.Serialize(part.Texts.Select(text => new BulletinText(text.Language, Clean(text.Headline), Clean(text.Description), Clean(text.Instruction))), Json),
                AreaDesc = Clean(string.Join("; ", part.Areas.Select(one => one.Words).Where(words => words.Length > 0).Distinct())),
                Area = area,
                UnknownCodes = JsonSerializer.Serialize(unknown.Select(Clean), Json),
                Magnitude = part.Magnitude,
                DepthKm = part.DepthKm,
                Web = Uri.TryCreate(part.Web, UriKind.Absolute, out var web) && web.Scheme is "http" or "https" ? web.AbsoluteUri : null,
                Findings = JsonSerializer.Serialize(bulletin.Findings.Take(MostFindings).Select(Clean), Json),
                Outside = outside.IsOutside(area, unknown.Count > 0, part.Magnitude, part.DepthKm),
                Exercise = feed.Exercise || bulletin.Status == CapStatus.Exercise,
                ReceivedAt = now,
                LastListed = now,
                PayloadSha256 = parsed.Sha256,
                RawSha256 = raw,
            }, bulletin.Raw);
        }
    }

    /// <summary>How the JSON columns are written: readable, any script.</summary>
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where a part lies, and the codes unknown here. A drawn area goes before its codes, which say the same.</summary>
    internal static (Geometry? Area, List<string> Unknown) AreaOf(ParsedPart part, AreaCodes codes)
    {
        var unknown = new List<string>();
        var shapes = new List<Geometry>();
        foreach (var area in part.Areas)
        {
            if (area.Shape is not null)
            {
                shapes.Add(area.Shape);
                continue;
            }

            var (found, missing) = codes.Resolve(area.Codes);
            unknown.AddRange(missing);
            if (found is not null)
            {
                shapes.Add(found);
            }
        }

        return (CapAreas.Union(shapes) ?? shapes.FirstOrDefault(shape => !shape.IsEmpty), unknown);
    }

    private static async Task KeepRawAsync(ObservationsDb db, List<(Bulletin Bulletin, string? Raw)> rows, CancellationToken cancellationToken)
    {
        var texts = rows.Where(row => row.Bulletin.RawSha256 is not null).GroupBy(row => row.Bulletin.RawSha256!).ToDictionary(same => same.Key, same => same.First().Raw!);
        var hashes = texts.Keys.ToList();
        var known = await db.BulletinRaws.Where(row => EF.Parameter(hashes).Contains(row.Sha256)).Select(row => row.Sha256).ToListAsync(cancellationToken);
        db.BulletinRaws.AddRange(texts.Where(text => !known.Contains(text.Key)).Select(text => new BulletinRaw { Sha256 = text.Key, Gzip = Pack(text.Value) }));
    }

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static string Clean(string text)
    {
        const int Longest = 20_000;
        var cut = text.Length > Longest ? text[..Longest] : text;
        return cut.Contains('\0', StringComparison.Ordinal) ? cut.Replace('\0', '\uFFFD') : cut;
    }
}
