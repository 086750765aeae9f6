using System.Text.Json;
using Resilience.Reports.Classifying;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Reports;

/// <summary>The carried model: it says the obvious, is as good as its card says.</summary>
public sealed class ShippedModelTest
{
    private static readonly PostClassifier Model = PostClassifier.Load(Repository.Path("models", ModelFile.Name));

    [Theory]
    [InlineData("At least 12 people killed and 30 injured as flash flood hits village, officials say", Categories.InjuredOrDead)]
    [InlineData("Bridge collapsed and the highway is closed, power lines down after the flood", Categories.InfrastructureDamage)]
    [InlineData("Thousands evacuated from their homes, families in shelters tonight", Categories.DisplacedPeople)]
    [InlineData("Flash flood warning in effect until 6 pm, avoid the river and move to higher ground", Categories.CautionAndAdvice)]
    [InlineData("Please donate to the relief fund, volunteers are distributing food to flood victims", Categories.RescueOrDonation)]
    [InlineData("URGENT need rescue, 5 people stuck on the roof without food and drinking water, please help", Categories.RequestsOrNeeds)]
    public void The_unmistakable_is_told(string text, string category)
    {
        var said = Model.Classify([text])[0];
        Assert.True(said.Informative, $"p = {said.PInformative}");
        Assert.Equal(category, said.Category);
    }

    [Theory]
    [InlineData("lol i love my new phone so much haha follow me")]
    [InlineData("Good morning everyone, happy birthday to my best friend")]
    [InlineData("")]
    public void Chatter_is_not_informative(string text)
    {
        var said = Model.Classify([text])[0];
        Assert.Equal((false, Categories.NotHumanitarian), (said.Informative, said.Category));
    }

    [Fact]
    public void A_script_it_was_never_taught_is_not_dismissed() => Assert.True(Model.Classify(["السيول تجرف المنازل ونحتاج النجدة"])[0].Informative);

    [Fact]
    public void The_figures_in_the_card_come_out_again()
    {
        var rows = ReadLabelled.Read(Repository.Path("models", "held-out-sample.tsv")).Select(row => row.Post!).ToList();
        Assert.All(rows, row => Assert.Contains(row.Event, Model.Facts.HeldOut));
        var again = EvaluateClassifier.Of(rows.Zip(Model.Classify([.. rows.Select(row => row.Text)])), badRows: 0);

        using var kept = JsonDocument.Parse(File.ReadAllText(Repository.Path("models", "held-out-sample.evaluation.json")));
        Assert.Equal(kept.RootElement.GetProperty("informative").GetProperty("weightedF1").GetDouble(), again.Informative!.WeightedF1, 3);
        Assert.Equal(kept.RootElement.GetProperty("categoryAmongHumanitarian").GetProperty("weightedF1").GetDouble(), again.CategoryAmongHumanitarian!.WeightedF1, 3);
        Assert.Equal(kept.RootElement.GetProperty("categoryAmongHumanitarian").GetProperty("macroF1").GetDouble(), again.CategoryAmongHumanitarian.MacroF1, 3);
    }

    [Fact]
    public void Alone_or_in_a_batch_a_post_is_judged_the_same()
    {
        string[] texts = ["Bridge collapsed", "haha", "Evacuate now", ""];
        Assert.Equal(texts.Select(text => Model.Classify([text])[0]), Model.Classify(texts));
    }
}
