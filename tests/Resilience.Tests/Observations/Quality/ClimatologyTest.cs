using Microsoft.Extensions.Logging;
using Resilience.Core.Geography;
using Resilience.Observations;
using Resilience.Observations.Quality;
using Resilience.Observations.Storing;
using Resilience.Storage;
using Resilience.Tests.Kit;
using static Resilience.Tests.Observations.ObservationsFixture;

namespace Resilience.Tests.Observations.Quality;

/// <summary>What a place has ever had in a month, as its agency keeps it, marks what lies beyond it. All figures are made up.</summary>
public sealed class ClimatologyTest : IDisposable
{
    private const string Header = "station,property,unit,month,lowest,highest,source\n";

    private readonly string _geodata = Directory.CreateTempSubdirectory("resilience-climatology").FullName;

    public void Dispose() => Directory.Delete(_geodata, recursive: true);

    [Fact]
    public void A_value_beyond_its_months_extremes_is_marked_and_believed()
    {
        var months = Read(Header + "t:1,AirTemperature,°C,1,-20,10,made up\nt:1,AirTemperature,°C,7,5,35,made up\n").Book.Find("t:1", ObservedProperty.AirTemperature, "°C");
        var limits = QualityRules.Default.LimitsFor(ObservedProperty.AirTemperature, "°C")! with { Months = months };
        QualityFlags At(int month, double value) => FlagSeries.Judge(
            [new SeriesValue(new DateTimeOffset(2026, month, 15, 12, 0, 0, TimeSpan.Zero), value, QualityFlags.None)], 0, limits, TimeSpan.FromHours(1), QualityRules.Default).Flags[0];

        // A tenth of the way between the extremes is let pass: 3 degrees.
        Assert.Equal(QualityFlags.None, At(1, 12.9));
        Assert.Equal(QualityFlags.Climatology, At(1, 13.1));
        Assert.Equal(QualityFlags.Climatology, At(1, -23.1));
        Assert.Equal(QualityFlags.None, At(7, 37.9));
        Assert.Equal(QualityFlags.Climatology, At(7, 1.9));
        Assert.Equal(QualityFlags.None, At(3, 44));
    }

    [Theory]
    [InlineData("t:1,Warmth,°C,1,-20,10,made up", "property")]
    [InlineData("t:1,AirTemperature,°C,13,-20,10,made up", "month")]
    [InlineData("t:1,AirTemperature,°C,1,10,-20,made up", "in this order")]
    [InlineData("t:1,AirTemperature,°C,1,NaN,10,made up", "in this order")]
    [InlineData("t:1,AirTemperature,°C,1,-20,10,", "no source")]
    [InlineData("t:1,AirTemperature", "seven fields")]
    public void A_line_that_cannot_be_used_is_logged_with_its_reason_and_the_others_stand(string line, string reason)
    {
        var (book, logged) = Read(Header + line + "\nt:2,Stage,m,1,0,1,made up\n");
        Assert.Contains(reason, Assert.Single(logged), StringComparison.Ordinal);
        Assert.Contains("Line 2", logged[0], StringComparison.Ordinal);
        Assert.Null(book.Find("t:1", ObservedProperty.AirTemperature, "°C"));
        Assert.NotNull(book.Find("t:2", ObservedProperty.Stage, "m"));
    }

    [Fact]
    public void A_file_of_another_shape_is_named_and_a_month_told_twice_keeps_the_first()
    {
        Assert.Contains("first line", Assert.Single(Read("a;b\n1;2\n").Logged), StringComparison.Ordinal);
        var (book, logged) = Read(Header + "t:1,Stage,m,1,0,1,made up\nt:1,Stage,m,1,0,9,made up\n");
        Assert.Contains("told before", Assert.Single(logged), StringComparison.Ordinal);
        Assert.Equal(new MonthRange(0, 1), book.Find("t:1", ObservedProperty.Stage, "m")![0]);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_flood_the_month_never_saw_is_stored_as_such_and_not_doubted(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var month = TestStore.Begin.UtcDateTime.Month;
        var store = new StoreObservations(test.Store, Read(FormattableString.Invariant($"{Header}t:1,Stage,m,{month},0.1,1.1,made up\n")).Book);
        await store.StoreAsync(await test.RegisterAsync(), Stages((-45, 1.0), (-30, 1.19), (-15, 1.3), (0, 1.6)), CancellationToken.None);
        Assert.Equal([QualityFlags.None, QualityFlags.None, QualityFlags.Climatology, QualityFlags.Climatology], (await test.ObservationsAsync()).OrderBy(row => row.PhenomenonTime).Select(row => row.Flags));
    }

    private (ClimatologyBook Book, List<string> Logged) Read(string csv)
    {
        var folder = Path.Combine(_geodata, "climatology");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "made.csv"), csv);
        var logged = new List<string>();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(new Listener(logged)));
        return (ClimatologyBook.Read(new GeodataDirectory(_geodata), factory.CreateLogger<ClimatologyBook>()), logged);
    }

    private sealed class Listener(List<string> logged) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => logged.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
