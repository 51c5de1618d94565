// expect: no error
#include <documents.hpp>

#include <coodie/async.hpp>

// The programs of this folder as they should be; and std's words stay std's under two using-directives.

using namespace std;

void right(User& user, const Views& views, const set<string>& words, const vector<Uuid>& ids)
{
    sync_table<User>();
    save(user);
    update(user, col<&User::age> = 3, col<&User::tags> += {"a"}, col<&User::tags>[0] = "b");
    update(views, col<&Views::hits> += 1);
    (void)insert(user).applied();
    (void)get<User>(user.id);
    (void)get<Event>("monday", 3, 4);
    (void)find<User>(col<&User::age> > 30, col<&User::email> == words.begin()->c_str()).allow_filtering().all();
    (void)find<User>(in(col<&User::id>, ids)).limit(3).first();
    (void)find<Event>(in(col<&Event::day>, words)).order_by(desc<&Event::at>).limit(5).all();
    (void)find<Event>(col<&Event::day> == "d").order_by(asc<&Event::at>, desc<&Event::seq>).count();
    (void)find<Event>(token(col<&Event::day>) > -5, token(col<&Event::day>) <= Token{7}).all();
    (void)query<User>().filter("age", Op::gt, 3).allow_filtering().all();
    async_save(user, [](exception_ptr) {});
    Collection<User>{}.async_save(user, [](exception_ptr) {});
    Batch batch;
    get_driver()->async_execute(batch, [](exception_ptr, Rows) {});
    update(user, col<&User::tags> = nullopt, col<&User::age> = unset);
    erase(user);
}
