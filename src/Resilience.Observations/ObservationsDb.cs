using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Resilience.Observations.Bulletins;
using Resilience.Observations.Quality.Neighbours;
using Resilience.Storage;

namespace Resilience.Observations;

/// <summary>The module's tables, <c>observations_*</c>. Durations are stored in microseconds, flags as the number of <see cref="QualityFlags"/>.</summary>
public sealed class ObservationsDb(DbContextOptions<ObservationsDb> options) : ModuleDb(options)
{
    /// <summary>Feeds and their health.</summary>
    public DbSet<Feed> Feeds => Set<Feed>();

    /// <summary>Stations.</summary>
    public DbSet<Station> Stations => Set<Station>();

    /// <summary>Datastreams.</summary>
    public DbSet<Datastream> Datastreams => Set<Datastream>();

    /// <summary>Observations, all revisions.</summary>
    public DbSet<Observation> Observations => Set<Observation>();

    /// <summary>The newest value of each datastream.</summary>
    public DbSet<LatestObservation> Latest => Set<LatestObservation>();

    /// <summary>Batches.</summary>
    public DbSet<ObservationBatch> Batches => Set<ObservationBatch>();

    /// <summary>What the map said of the feeds, by moment.</summary>
    public DbSet<LiveMap.FeedMoment> FeedMoments => Set<LiveMap.FeedMoment>();

    /// <summary>Raw payloads, for a while.</summary>
    public DbSet<RawPayload> Payloads => Set<RawPayload>();

    /// <summary>What could not be used.</summary>
    public DbSet<QuarantinedInput> Quarantine => Set<QuarantinedInput>();

    /// <summary>WIS2 notifications handled lately.</summary>
    public DbSet<HandledNotification> Notifications => Set<HandledNotification>();

    /// <summary>Rasters received.</summary>
    public DbSet<Coverages.Coverage> Coverages => Set<Coverages.Coverage>();

    /// <summary>Where rasters reach their classes.</summary>
    public DbSet<Coverages.CoverageExtent> Extents => Set<Coverages.CoverageExtent>();

    /// <summary>What other authorities announced.</summary>
    public DbSet<Bulletin> Bulletins => Set<Bulletin>();

    /// <summary>Names of bulletins.</summary>
    public DbSet<BulletinName> BulletinNames => Set<BulletinName>();

    /// <summary>Index entries whose message was fetched.</summary>
    public DbSet<BulletinEntry> BulletinEntries => Set<BulletinEntry>();

    /// <summary>Bulletins as received.</summary>
    public DbSet<BulletinRaw> BulletinRaws => Set<BulletinRaw>();

    /// <summary>Parameters of the quality rules by version.</summary>
    public DbSet<QualityVersion> QualityVersions => Set<QualityVersion>();

    /// <summary>What was put right on reading, by feed, day and kind.</summary>
    public DbSet<FeedFinding> Findings => Set<FeedFinding>();

    /// <summary>What feeds' answers held, by feed and day.</summary>
    public DbSet<FeedDay> FeedDays => Set<FeedDay>();

    /// <summary>What neighbours contradict.</summary>
    public DbSet<NeighbourFinding> NeighbourFindings => Set<NeighbourFinding>();

    /// <summary>How far datastreams were from their neighbours, by day.</summary>
    public DbSet<DayDeparture> DayDepartures => Set<DayDeparture>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<TimeSpan>().HaveConversion<Microseconds>();
        configurationBuilder.Properties<QualityFlags>().HaveConversion<int>();
    }

    /// <inheritdoc/>
    protected override void ConfigureModel(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Feed>().ToTable("observations_feed").HasKey(feed => feed.Id);
        modelBuilder.Entity<Station>().ToTable("observations_station").HasKey(station => station.Id);
        modelBuilder.Entity<Datastream>().ToTable("observations_datastream").HasKey(datastream => datastream.Id);
        modelBuilder.Entity<Observation>().ToTable("observations_observation")
            .HasKey(observation => new { observation.DatastreamId, observation.PhenomenonTime, observation.Revision });
        modelBuilder.Entity<LatestObservation>().ToTable("observations_latest").HasKey(latest => latest.DatastreamId);
        modelBuilder.Entity<ObservationBatch>().ToTable("observations_batch").HasKey(batch => batch.Id);
        modelBuilder.Entity<LiveMap.FeedMoment>().ToTable("observations_feed_moment").HasKey(moment => new { moment.FeedId, moment.At });
        modelBuilder.Entity<RawPayload>().ToTable("observations_payload").HasKey(payload => new { payload.FeedId, payload.Sha256 });
        modelBuilder.Entity<QuarantinedInput>(row =>
        {
            row.ToTable("observations_quarantine").HasKey(input => input.Id);
            row.Property(input => input.Id).ValueGeneratedOnAdd();
        });
        modelBuilder.Entity<HandledNotification>().ToTable("observations_notification").HasKey(row => row.Id);
        modelBuilder.Entity<Coverages.Coverage>().ToTable("observations_coverage").HasKey(row => row.Id);
        modelBuilder.Entity<Coverages.CoverageExtent>().ToTable("observations_extent").HasKey(row => new { row.CoverageId, row.ClassIndex });
        modelBuilder.Entity<FeedFinding>().ToTable("observations_finding").HasKey(finding => new { finding.FeedId, finding.Day, finding.Kind });
        modelBuilder.Entity<NeighbourFinding>().ToTable("observations_neighbour_finding").HasKey(finding => finding.Id);
        modelBuilder.Entity<DayDeparture>().ToTable("observations_day_departure").HasKey(day => new { day.DatastreamId, day.Day });
        modelBuilder.Entity<FeedDay>().ToTable("observations_feed_day").HasKey(day => new { day.FeedId, day.Day });
        modelBuilder.Entity<Bulletin>(row =>
        {
            row.ToTable("observations_bulletin").HasKey(bulletin => bulletin.Id);
            row.Ignore(bulletin => bulletin.StandsUntil);
        });
        modelBuilder.Entity<BulletinName>().ToTable("observations_bulletin_name").HasKey(name => new { name.FeedId, name.Name });
        modelBuilder.Entity<BulletinEntry>().ToTable("observations_bulletin_entry").HasKey(entry => new { entry.FeedId, entry.Entry });
        modelBuilder.Entity<BulletinRaw>().ToTable("observations_bulletin_raw").HasKey(raw => raw.Sha256);
        modelBuilder.Entity<QualityVersion>().ToTable("observations_quality_version").HasKey(version => version.Version);
    }

    private sealed class Microseconds() : ValueConverter<TimeSpan, long>(
        span => span.Ticks / TimeSpan.TicksPerMicrosecond,
        micros => TimeSpan.FromTicks(micros * TimeSpan.TicksPerMicrosecond));
}
