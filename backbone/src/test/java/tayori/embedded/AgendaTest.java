package tayori.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgendaTest {
    private final Agenda agenda = new Agenda();

    @Test
    void badNewsGoesFirst() {
        for (int i = 0; i < 100; i++) {
            agenda.changed("calm" + i, false);
        }
        agenda.changed("urgent", true);
        assertThat(agenda.next(2).getFirst().name()).isEqualTo("urgent");
        assertThat(agenda.next(2)).hasSize(2);
    }

    @Test
    void aChangeDuringTheScoringIsNotLost() {
        agenda.changed("a", true);
        var entry = agenda.next(1).getFirst();
        agenda.changed("a", true);
        agenda.done(entry);
        assertThat(agenda.next(1)).hasSize(1);
        agenda.done(agenda.next(1).getFirst());
        assertThat(agenda.next(1)).isEmpty();
    }

    @Test
    void aScoringIsFoundUntilItIsInTheDatabase() {
        var first = SubjectRow.unscored("a", 1);
        agenda.scored(first);
        assertThat(agenda.begin().scored()).containsExactly(first);
        assertThat(agenda.find("a")).contains(first);
        agenda.committed();
        assertThat(agenda.find("a")).isEmpty();
    }

    @Test
    void aFailedCheckpointGivesBackWhatWasNotScoredAnew() {
        agenda.scored(SubjectRow.unscored("a", 1));
        agenda.scored(SubjectRow.unscored("b", 1));
        agenda.begin();
        agenda.scored(SubjectRow.unscored("b", 2));
        agenda.failed();
        assertThat(agenda.begin().scored())
                .containsExactlyInAnyOrder(
                        SubjectRow.unscored("a", 1), SubjectRow.unscored("b", 2));
    }

    @Test
    void whatWaitsIsMarkedInTheDatabase() {
        agenda.changed("a", true);
        agenda.changed("b", false);
        assertThat(agenda.begin().unscored()).containsExactlyInAnyOrder("a", "b");
    }
}
